/** The report as a ticket, rendered as GitHub renders it. */
import {fileURLToPath} from 'node:url';
import fc from 'fast-check';
import {micromark} from 'micromark';
import {gfm, gfmHtml} from 'micromark-extension-gfm';
import {expect, test} from 'vitest';
import {analyze} from '../../src/analyze.js';
import {openSource} from '../../src/intake/source.js';
import type {Report} from '../../src/model/report.js';
import {contextLines} from '../../src/report/context-lines.js';
import {ignoring} from '../../src/report/ignore.js';
import {renderMarkdown} from '../../src/report/markdown.js';
import {prose} from '../../src/report/markdown-text.js';
import {begun, failure} from '../boots.js';
import {reportOf} from '../log.js';
import {hostileLog, hostileText, withText} from './hostile.js';

const samples = fileURLToPath(new URL('../../samples/', import.meta.url));

async function reportOn(...files: string[]): Promise<Report> {
  const source = await openSource(
    files.map(file => samples + file),
    process.stdin,
  );
  return analyze(source, {context: contextLines.markdown});
}

/** As GitHub does it, with all HTML let through. */
function rendered(markdown: string): string {
  return micromark(markdown, {allowDangerousHtml: true, extensions: [gfm()], htmlExtensions: [gfmHtml()]});
}

function tagsOf(html: string): Set<string> {
  return new Set([...html.matchAll(/<\/?([a-zA-Z][\w-]*)/g)].map(([, name]) => name as string));
}

/** What a reader sees, with blanks as HTML shows them. */
function textOf(html: string): string {
  return html
    .replace(/<[^>]*>/g, '')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ');
}

const ours = ['h2', 'h3', 'p', 'strong', 'code', 'pre', 'ul', 'ol', 'li', 'a', 'details', 'summary'];
const founding = 'ostree-ms-move-restart/console.log';

test('tells what happened, why, what followed and what to do', async () => {
  const text = textOf(rendered(renderMarkdown(await reportOn(founding))));
  for (const part of [
    'The boot stopped in the initrd and dropped to a maintenance shell: the OSTree deployment has no sysroot directory.',
    'Boot path: kernel ✓ → initrd ✗ → switch root → userspace. It got as far as initrd.target',
    'fatal · certain · ostree-prepare-root.service, first of 14 runs · in initrd · rule ostree/sysroot-directory-missing',
    "> 480 │ [ 89.562219] ostree-prepare-root[208]: ostree-prepare-root: failed to MS_MOVE '/sysroot' to 'sysroot'",
    '478 │ [ 89.438400] ostree-prepare-root[208]: filesystem at /sysroot currently writable: 1',
    "onto the deployment's directory sysroot",
    'mkdir TREE/sysroot && ln -sfn sysroot/ostree TREE/ostree',
    'caution: To rescue the disk as it is',
    'What followed from it, and is no cause (5)',
    '13 × ostree-prepare-root stumbles over /sysroot.tmp, left behind by its own earlier run (lines 499 … 781)',
    'ostree #2983: who creates the sysroot directory',
    'Press Enter for maintenance',
    'Kernel command line: root=LABEL=rootfs rw console=ttyS0 ostree=/ostree/boot.1/',
    '802 lines, 66 kB, read as kernel, console',
  ])
    expect(text).toContain(part);
});

test.each([
  founding,
  'ostree-switch-root-noarg/console.log',
  'ostree-readonly/journal.short',
  'vfs-no-root/console.log',
  'healthy-bookworm/console.log',
  'two-boots/journal.json',
])('of %s, a page is made of what we made alone, and every fold is closed', async file => {
  const html = rendered(renderMarkdown(await reportOn(file)));
  expect([...tagsOf(html)].filter(tag => !ours.includes(tag))).toEqual([]);
  expect(html.match(/<details>/g)?.length).toBe(html.match(/<\/details>/g)?.length);
});

test('what is ignored is a line among what is known, and what was hidden is said', async () => {
  const report = ignoring(await reportOn(founding), ['ostree/sysroot-directory-missing']);
  const markdown = renderMarkdown({...report, redactions: [{kind: 'host name', count: 3, different: 1}]});
  expect(markdown).toContain(
    '<summary>Known, not counted (1)</summary>\n\n- The OSTree deployment has no sysroot directory',
  );
  expect(markdown).not.toContain('### Root cause');
  expect(markdown).toContain('- Hidden in this report: 3 × host name (1 different)');
});

test('of several files, evidence says which it is of', async () => {
  const markdown = renderMarkdown(await reportOn('two-boots/console.log', 'start-limit/journal.short'));
  expect(markdown).toContain(`start-limit/journal.short:\n`);
  expect(markdown).toContain('## ▲ Boot 3 of 3: ');
  expect(markdown).not.toContain('to 0 ·');
});

test('without context it shows the evidence alone', async () => {
  const markdown = renderMarkdown(await reportOf([...begun, ...failure(30, 'acme.service', 'Acme')]));
  expect(markdown).toMatch(/```text\n> \d+ │ .*acme\.service: Main process exited.*\n(?:.*⋮\n)?> /);
  expect(markdown).not.toContain('The last');
});

test('of a log of nothing it says so', async () => {
  expect(renderMarkdown(await reportOf(''))).toContain('Nothing was read');
});

test('a name is code, and a sentence stays one', () => {
  expect(prose('acme@1.service has no file /etc/acme.conf (see @joe, #12).')).toBe(
    '`acme@1.service` has no file `/etc/acme.conf` (see `@joe`, `#12`).',
  );
  expect(prose('1. snake_case and 3 < 4 * 5 & `rw`, not `half')).toBe(
    '1\\. snake_case and 3 \\< 4 \\* 5 & `rw`, not \\`half',
  );
});

/** What is outside of code is what GitHub, GitLab and Bugzilla look into. */
function outsideCode(html: string): string {
  return textOf(html.replace(/<pre>[\s\S]*?<\/pre>|<code>[\s\S]*?<\/code>|<a [\s\S]*?<\/a>/g, ' ⟨code⟩ '));
}

const live = /(?<![\w`])@\w|(?<!\w)[#!]\d|:\/\/|www\.|\$|\b[0-9a-f]{40}\b/i;

test('whatever the log says, it is text', async () => {
  const report = await reportOn(founding);
  fc.assert(
    fc.property(hostileText, text => {
      const html = rendered(renderMarkdown(withText(report, text)));
      expect([...tagsOf(html)].filter(tag => !ours.includes(tag))).toEqual([]);
      expect(html.match(/<(?:details|summary|a|h[23]|pre|ol|ul)\b/g)).toEqual(sameOf(report));
      expect(outsideCode(html)).not.toMatch(live);
    }),
    {numRuns: 300},
  );
});

let same: RegExpMatchArray | null | undefined;
function sameOf(report: Report): RegExpMatchArray | null {
  same ??= rendered(renderMarkdown(withText(report, 'word'))).match(/<(?:details|summary|a|h[23]|pre|ol|ul)\b/g);
  return same;
}

test('and it can be read', async () => {
  fc.assert(
    fc.property(hostileText, text => {
      // Backticks around what is code are not shown, and of blanks one.
      const bare = (shown: string): string => shown.replace(/[\s`]/g, '');
      expect(bare(textOf(rendered(prose(text))))).toBe(bare(text).replace(/[\x1b\u202e]/g, '�'));
    }),
    {numRuns: 1000},
  );
});

test('a hostile log makes a harmless page', async () => {
  const report = await reportOf(hostileLog, {context: contextLines.markdown});
  expect(report.boots[0]?.rootCauses.length).toBeGreaterThan(0);
  const html = rendered(renderMarkdown(report));
  expect([...tagsOf(html)].filter(tag => !ours.includes(tag))).toEqual([]);
  expect(html).not.toMatch(/[\0-\x08\x0b-\x1f\u202a-\u202e]/);
  expect(outsideCode(html)).not.toMatch(live);
});

test('of a long line around the evidence the beginning has to do', async () => {
  const long = `[   29.000000] acme[7]: ${'x'.repeat(9000)}`;
  const report = await reportOf([...begun, long, ...failure(30, 'acme.service', 'Acme')], {
    context: contextLines.markdown,
  });
  const fence = /```text\n([\s\S]*?)\n```/.exec(renderMarkdown(report))?.[1]?.split('\n') ?? [];
  expect(fence.some(line => line.includes('acme[7]: xxx'))).toBe(true);
  expect(Math.max(...fence.map(line => line.length))).toBeLessThan(300);
});
