import {createReadStream, type Stats} from 'node:fs';
import {stat} from 'node:fs/promises';
import {basename, dirname} from 'node:path';
import type {Readable} from 'node:stream';
import type {ByteSource, SourceFile, SourcePart} from '../model/byte-source.js';
import {InputError} from '../model/errors.js';
import {listFolder} from './folder.js';
import {headLength, isLog} from './is-log.js';
import {isJournalFile, readHeader} from './journal-file/header.js';
import {pstorePartOf} from './pstore.js';
import {transcribe} from './transcribe/index.js';
import {unpack} from './unpack/index.js';

const chunkLength = 1 << 20;

/**
 * Files, folders, or standard input for `-` and for none. Journal files are read as one journal; every other file is a
 * part. Throws InputError for what cannot be read.
 */
export async function openSource(paths: readonly string[], stdin: Readable): Promise<ByteSource> {
  const names = paths.length === 0 ? ['-'] : paths;
  const opened = await Promise.all(names.map(path => openPath(path, stdin)));
  const name = names.join(', ');
  const notices = opened.flatMap(each => each.notices);
  const files = opened.flatMap(each => each.files);
  // Of one file its reader finds out what it is.
  if (files.length === 1) return withNotices({name, parts: files}, notices);
  return withNotices({name, parts: joinJournals(joinDump(await Promise.all(files.map(sniffed))))}, notices);
}

/** Bytes in all of the files; null where that is not known: of a pipe or a folder. */
export async function totalLength(paths: readonly string[]): Promise<number | null> {
  if (paths.length === 0 || paths.includes('-')) return null;
  const facts = await Promise.all(paths.map(path => stat(path)));
  return facts.every(each => each.isFile()) ? facts.reduce((sum, {size}) => sum + size, 0) : null;
}

function withNotices(source: ByteSource, notices: readonly string[]): ByteSource {
  return notices.length === 0 ? source : {...source, notices};
}

interface Opened {
  readonly files: readonly SourceFile[];
  readonly notices: readonly string[];
}

async function openPath(path: string, stdin: Readable): Promise<Opened> {
  if (path === '-') return {files: [openStream('-', 'standard input', () => stdin)], notices: []};
  let facts: Stats;
  try {
    facts = await stat(path);
  } catch (cause) {
    throw unreadable(path, cause);
  }
  return facts.isDirectory() ? openFolder(path) : {files: [openFile(path)], notices: []};
}

function openFile(path: string): SourceFile {
  return openStream(path, path, () => createReadStream(path, {highWaterMark: chunkLength}));
}

/** `called`: in messages. */
function openStream(name: string, called: string, open: () => Readable): SourceFile {
  const notices: string[] = [];
  return {
    name,
    chunks: () => reading(called, open(), notice => void notices.push(notice)),
    notices: () => notices,
  };
}

async function* reading(name: string, stream: Readable, notice: (text: string) => void): AsyncIterable<Uint8Array> {
  try {
    yield* transcribe(unpack(name, stream, notice), notice);
  } catch (cause) {
    throw cause instanceof InputError ? cause : unreadable(name, cause);
  }
}

/** The logs of a folder, by what is in them; what is left out is said. */
async function openFolder(path: string): Promise<Opened> {
  const {files: found, notices} = await listFolder(path).catch((cause: unknown) => {
    throw cause instanceof InputError ? cause : unreadable(path, cause);
  });
  const files: SourceFile[] = [];
  const others: string[] = [];
  const failures: InputError[] = [];
  const looks = await Promise.all(found.map(async ({name, path: file}) => ({name, look: await look(openFile(file))})));
  for (const {name, look} of looks) {
    if (look instanceof InputError) failures.push(look);
    else if (isLog(look.head, name)) files.push(look);
    else if (look.head.length > 0) others.push(name);
  }
  const [failure] = failures;
  if (files.length === 0) {
    if (failure !== undefined) throw failure;
    const what = others.length === 0 ? 'it is empty' : `none of its files is one: ${listed(others)}`;
    throw new InputError(`${path}: no log is in this folder (${what})`);
  }
  return {
    files,
    notices: [
      ...notices,
      ...(others.length === 0 ? [] : [`${path}: left out what is no log: ${listed(others)}`]),
      ...(failure === undefined ? [] : [allOf(failures, failure)]),
    ],
  };
}

const mostListed = 6;

function listed(names: readonly string[]): string {
  const more = names.length - mostListed;
  return names.slice(0, mostListed).join(', ') + (more > 0 ? ` and ${more} more` : '');
}

function allOf(failures: readonly InputError[], {message, hint}: InputError): string {
  const more = failures.length === 1 ? '' : ` (and ${failures.length - 1} more files)`;
  return `${message}${more}${hint === undefined ? '' : `: ${hint}`}`;
}

type Sniffed = SourceFile & {readonly head: Uint8Array};

/** The beginning of a file, unpacked; an InputError where it cannot be read or is no journal that we know. */
async function look(file: SourceFile): Promise<Sniffed | InputError> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of file.chunks()) {
      chunks.push(chunk);
      length += chunk.length;
      if (length >= headLength) break;
    }
    const head = Buffer.concat(chunks).subarray(0, headLength);
    if (isJournalFile(head)) readHeader(head, file.name);
    return {...file, head};
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
}

async function sniffed(file: SourceFile): Promise<Sniffed> {
  if (file.name === '-') return {...file, head: new Uint8Array(0)};
  if (file.head !== undefined) return {...file, head: file.head};
  const found = await look(file);
  if (found instanceof InputError) throw found;
  return found;
}

/** Files that pstore made of the parts of a dump are one log; the reader puts its parts in order. Others stay as they are. */
function joinDump(files: readonly Sniffed[]): Sniffed[] {
  const [first] = files;
  const isDump = files.every(({head}) => pstorePartOf(Buffer.from(head).toString('latin1')) !== null);
  if (first === undefined || files.length < 2 || !isDump) return [...files];
  async function* chunks(): AsyncIterable<Uint8Array> {
    for (const file of files) yield* file.chunks();
  }
  return [{...first, name: nameOf(files), chunks, notices: () => files.flatMap(file => file.notices?.() ?? [])}];
}

/** The journal files of a machine become one part, where the first of them stands. */
function joinJournals(files: readonly Sniffed[]): SourcePart[] {
  const journals = new Map<string, Sniffed[]>();
  for (const file of files.filter(({head}) => isJournalFile(head))) {
    const writer = writerOf(file);
    journals.set(writer, [...(journals.get(writer) ?? []), file]);
  }
  return files.flatMap((file): SourcePart[] => {
    const journal = isJournalFile(file.head) ? journals.get(writerOf(file)) : undefined;
    if (journal === undefined || journal.length < 2) return [file];
    return file === journal[0] ? [{...file, name: nameOf(journal), journal}] : [];
  });
}

/** systemd-journal-remote(8) writes a file for each machine that it receives from. */
const received = /^remote-.+?(?=@|\.journal)/;

function writerOf({head, name}: Sniffed): string {
  const {machineId} = readHeader(head, name);
  return `${machineId} ${received.exec(basename(name))?.[0] ?? ''}`;
}

/** The folder of all files, else their names. */
function nameOf(files: readonly SourceFile[]): string {
  const folders = new Set(files.map(({name}) => dirname(name)));
  return folders.size === 1 ? [...folders].join() : files.map(({name}) => name).join(', ');
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'no such file',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ENOTDIR: 'a part of the path is no folder',
  EISDIR: 'this is a folder; name a log file in it',
  ELOOP: 'too many symbolic links',
  EIO: 'input/output error',
};

/** Who may read journals and most of /var/log: systemd-journald.service(8), and Debian for adm. */
const groupHint = 'join the group systemd-journal or adm, or read it as root';
const forGroups = /\.journal~?$|(?:^|\/)(?:var|run)\/log(?:\/|$)/;

function unreadable(name: string, cause: unknown): InputError {
  const {code, message} = cause as NodeJS.ErrnoException;
  const isDenied = code === 'EACCES' || code === 'EPERM';
  return new InputError(`${name}: cannot read it: ${reasons[code ?? ''] ?? message}`, {
    cause,
    ...(isDenied && forGroups.test(name) && {hint: groupHint}),
  });
}
