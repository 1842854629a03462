import {expect, test} from 'vitest';
import {planOutputs} from '../../src/cli/outputs.js';
import type {FormatName} from '../../src/report/formats.js';

/** `stdout format; file=format …`. */
function plan(name: FormatName | undefined, ...files: string[]): string {
  const {stdout, files: planned} = planOutputs(name, files);
  return [stdout.name, ...planned.map(({file, format}) => `${file}=${format.name}`)].join(' ');
}

test('a file is written in the format of its extension, and standard output gets the text', () => {
  expect(plan(undefined)).toBe('text');
  expect(plan(undefined, 'a.json', 'out/b.XML', 'c.txt')).toBe('text a.json=json out/b.XML=junit c.txt=text');
});

test('--format is for standard output where no file takes it', () => {
  expect(plan('json')).toBe('json');
  expect(plan('json', 'a.xml')).toBe('json a.xml=junit');
  expect(plan('json', '-')).toBe('json');
});

test('--format is for a file that may hold it, and standard output gets the text then', () => {
  expect(plan('json', 'a.json')).toBe('text a.json=json');
  expect(plan('json', 'a.log')).toBe('text a.log=json');
  expect(plan('junit', 'results')).toBe('text results=junit');
  expect(plan('json', 'a.txt', 'b.xml')).toBe('text a.txt=json b.xml=junit');
});

test('a file name that says nothing of its format needs --format', () => {
  expect(() => plan(undefined, 'report.log')).toThrow(/report\.log: its extension names no format/);
  expect(() => plan(undefined, 'dir.json/report')).toThrow(/names no format/);
});
