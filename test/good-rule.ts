/** A rule that nothing is wrong with, and what is said when something is. */
import {expect} from 'vitest';
import {checkRules} from '../src/authoring/check.js';
import type {Problem} from '../src/model/errors.js';
import {temporaryFolder} from './log.js';

export const good = `title: The disk is full
severity: error
match:
  - text: 'no space left on (?<device>\\S+)'
explain: >-
  Nothing fits on {device} any more.
fix:
  - do: Remove something.
    command: rm SOMETHING
    risk: destructive
references:
  - {title: "errno(3)", url: "https://man7.org/linux/man-pages/man3/errno.3.html"}
tests:
  match:
    - "[   12.000000] app[300]: no space left on vda1"
    - line: "app[300]: no space left on vdb1"
      captures: {device: vdb1}
  ignore:
    - "[   12.000000] app[300]: some space left on vda1"
    - "[   12.000000] app[300]: no spaces"
`;

/** The problems of a rule that is good but for this change. */
export async function problemsOf(change: (yaml: string) => string): Promise<readonly Problem[]> {
  const changed = change(good);
  expect(changed).not.toBe(good);
  return problemsIn({'disk/full.yaml': changed});
}

/** The problems of a folder with these files. */
export async function problemsIn(files: Readonly<Record<string, string>>): Promise<readonly Problem[]> {
  return (await checkRules(temporaryFolder(files))).problems;
}
