import {accessSync, closeSync, constants, openSync, type Stats, statSync, writeFileSync} from 'node:fs';
import {dirname} from 'node:path';
import {OutputError, UsageError} from '../model/errors.js';
import {type FormatName, formatNamed, formatOfFile, type ReportFormat} from '../report/formats.js';
import {gathered} from './terminal.js';

/** Where a report goes, and as what. */
export interface Outputs {
  readonly stdout: ReportFormat;
  readonly files: readonly {readonly file: string; readonly format: ReportFormat}[];
}

/**
 * A file's format is that of its extension. `--format` is for the files whose extension says nothing of it or may hold
 * it, else for standard output; `-` is standard output, which always gets a report.
 */
export function planOutputs(name: FormatName | undefined, paths: readonly string[]): Outputs {
  const named = name === undefined ? undefined : formatNamed(name);
  const files = paths
    .filter(path => path !== '-')
    .map(file => {
      const own = formatOfFile(file);
      const format = named !== undefined && (own === undefined || named.alsoIn.includes(own.name)) ? named : own;
      if (format !== undefined) return {file, format};
      throw new UsageError(`${file}: its extension names no format`, {hint: `name one with --format`});
    });
  const isTaken = files.some(({format}) => format.name === name);
  return {stdout: named === undefined || isTaken ? formatNamed('text') : named, files};
}

/** The lines around evidence that the outputs need; undefined where none needs any. */
export function contextOf({stdout, files}: Outputs): number | undefined {
  const wanted = [stdout, ...files.map(({format}) => format)].flatMap(({context = []}) => context);
  return wanted.length === 0 ? undefined : Math.max(...wanted);
}

/**
 * Finds out before the log is read what would keep its report from being written. Nothing is changed. Throws OutputError,
 * or UsageError for a file that is the log.
 */
export function checkOutputs(outputs: Outputs, logs: readonly string[]): void {
  for (const {file} of outputs.files) {
    const found = statSync(file, {throwIfNoEntry: false});
    if (found?.isFile() && logs.some(log => isSame(found, statSync(log, {throwIfNoEntry: false}))))
      throw new UsageError(`${file} is the log that is to be read`, {hint: 'write the report into another file'});
    try {
      if (found?.isDirectory()) throw Object.assign(new Error(), {code: 'EISDIR'});
      accessSync(found === undefined ? dirname(file) : file, constants.W_OK);
    } catch (cause) {
      throw unwritable(file, cause);
    }
  }
}

function isSame(one: Stats, other: Stats | undefined): boolean {
  return one.dev === other?.dev && one.ino === other.ino;
}

/** Writes a file, in place of one that is there. Throws OutputError. */
export function writeFileParts(file: string, parts: Iterable<string>): void {
  let descriptor: number | null = null;
  try {
    descriptor = openSync(file, 'w');
    for (const part of gathered(parts)) writeFileSync(descriptor, part);
  } catch (cause) {
    throw unwritable(file, cause);
  } finally {
    if (descriptor !== null) closeSync(descriptor);
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'no such folder',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ENOTDIR: 'a part of the path is no folder',
  EISDIR: 'this is a folder',
  EROFS: 'the file system is read-only',
  ENOSPC: 'no space is left on the device',
};

function unwritable(file: string, cause: unknown): unknown {
  const {code, message} = cause as NodeJS.ErrnoException;
  if (code === undefined) return cause;
  return new OutputError(`${file}: cannot write it: ${reasons[code] ?? message}`, {cause});
}
