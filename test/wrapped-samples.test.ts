/** A log means the same whatever is around its lines: every wrapper around real boots. */
import {readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import type {Report} from '../src/index.js';
import {wrappers} from './intake/wrappers.js';
import {reportOf} from './log.js';

const samples = [
  'ostree-ms-move-restart/console.log',
  'ostree-ms-move-trixie/console.log',
  'fstab-missing-device/console.log',
  'root-uuid-initramfs/console.log',
  'vfs-no-root/console.log',
  'kernel-oops-trixie/console.log',
  'healthy-bookworm/console.log',
  'two-boots/console.log',
  'cascade/journal.short',
  'root-uuid-dracut/journal.short',
  'ostree-ms-move-restart/journal.short-monotonic',
  'ostree-ms-move-restart/journal.short-iso-precise',
];

const linesOf = (path: string): string[] =>
  readFileSync(new URL(`../samples/${path}`, import.meta.url), 'latin1')
    .replace(/\n$/, '')
    .split('\n');

/** What must not change: how each boot ended, what is blamed, and on which lines. */
function told({boots}: Report, before: number) {
  return boots.map(({outcome, kernel, rootCauses}) => ({
    outcome,
    kernel,
    causes: rootCauses.map(({rule, fingerprint, evidence}) => [rule, fingerprint, (evidence[0]?.line ?? 0) - before]),
  }));
}

const latin1 = (lines: readonly string[]): Uint8Array => Buffer.from(`${lines.join('\n')}\n`, 'latin1');

describe.each(samples)('%s', path => {
  const lines = linesOf(path);
  const bare = reportOf(latin1(lines));

  test.each(wrappers)('$name', async ({wrap, before = 0}) => {
    const report = await reportOf(latin1(wrap(lines)));
    expect(told(report, before)).toEqual(told(await bare, 0));
  });
});
