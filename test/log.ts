/** Logs in memory, rules in a temporary folder, and what tests ask of them. */
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {expect, onTestFinished} from 'vitest';
import {type AnalyzeOptions, analyze} from '../src/analyze.js';
import {parseTextLine} from '../src/intake/parse-line.js';
import type {ByteSource} from '../src/model/byte-source.js';
import type {Entry} from '../src/model/entry.js';
import type {Boot, Cause, Report} from '../src/model/report.js';
import type {Rule} from '../src/model/rule.js';
import {compileRuleDirectory} from '../src/rules/compile.js';

/** Whole text, lines without their ends, or bytes. */
export type Log = string | readonly string[] | Uint8Array;

export function bytesOf(log: Log): Uint8Array {
  if (log instanceof Uint8Array) return log;
  return new TextEncoder().encode(typeof log === 'string' ? log : log.map(line => `${line}\n`).join(''));
}

/** A source that hands out its bytes in chunks of this many. */
export function source(log: Log, chunkLength = Number.POSITIVE_INFINITY, name = 'test.log'): ByteSource {
  return {name, parts: [part(log, chunkLength, name)]};
}

export function part(log: Log, chunkLength = Number.POSITIVE_INFINITY, name = 'test.log'): ByteSource['parts'][number] {
  const bytes = bytesOf(log);
  return {
    name,
    async *chunks() {
      if (bytes.length <= chunkLength) yield bytes;
      else for (let at = 0; at < bytes.length; at += chunkLength) yield bytes.slice(at, at + chunkLength);
    },
  };
}

export function reportOf(log: Log, options: AnalyzeOptions = {}): Promise<Report> {
  return analyze(source(log), options);
}

/** The boot of a log that holds one. */
export async function bootOf(log: Log, options: AnalyzeOptions = {}): Promise<Boot> {
  const {boots} = await reportOf(log, options);
  expect(boots).toHaveLength(1);
  return boots[0] as Boot;
}

/** The root cause of a log that has one. */
export async function causeOf(log: Log, options: AnalyzeOptions = {}): Promise<Cause> {
  const {rootCauses} = await bootOf(log, options);
  expect(rootCauses.map(({title}) => title)).toHaveLength(1);
  return rootCauses[0] as Cause;
}

/** What a line, given as text, is read as: one entry, more where writers collided. */
export function entriesOf(line: string): Entry[] {
  const entries: Entry[] = [];
  parseTextLine(Buffer.from(line, 'utf8').toString('latin1'), 1, entry => entries.push(entry));
  return entries;
}

export function entryOf(line: string): Entry {
  const entries = entriesOf(line);
  expect(entries).toHaveLength(1);
  return entries[0] as Entry;
}

/** A folder that is gone after the test, with these files in it. */
export function temporaryFolder(files: Readonly<Record<string, string>>): string {
  const folder = writeFolder(files);
  onTestFinished(() => rmSync(folder, {recursive: true}));
  return folder;
}

function writeFolder(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'whyboot-test-'));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), {recursive: true});
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

/** Rules by id, as YAML without what every rule must have: that is filled in. */
export async function rulesOf(rules: Readonly<Record<string, string>>): Promise<readonly Rule[]> {
  const files = Object.entries(rules).map(([id, yaml]) => [`${id}.yaml`, completed(id, yaml)]);
  const folder = writeFolder(Object.fromEntries(files));
  try {
    return (await compileRuleDirectory(folder)).rules;
  } finally {
    rmSync(folder, {recursive: true});
  }
}

const needed: Readonly<Record<string, string>> = {
  severity: 'error',
  explain: 'It is so.',
  fix: '[{do: Mend it., risk: safe}]',
  tests: '{}',
};

function completed(id: string, yaml: string): string {
  const fields = {title: `"Found ${id}"`, ...needed};
  const missing = Object.entries(fields).filter(([name]) => !new RegExp(`^${name}:`, 'm').test(yaml));
  return `${missing.map(([name, value]) => `${name}: ${value}\n`).join('')}${yaml}\n`;
}
