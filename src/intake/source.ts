import {createReadStream} from 'node:fs';
import {stat} from 'node:fs/promises';
import type {Readable} from 'node:stream';
import type {ByteSource, SourcePart} from '../model/byte-source.js';
import {InputError} from '../model/errors.js';
import {unpack} from './unpack.js';

const chunkLength = 1 << 20;

/** Files, read one after the other, or standard input for `-` and for none. Throws InputError for what cannot be read. */
export async function openSource(paths: readonly string[], stdin: Readable): Promise<ByteSource> {
  const parts = await Promise.all((paths.length === 0 ? ['-'] : paths).map(path => openPart(path, stdin)));
  return {name: parts.map(({name}) => name).join(', '), parts};
}

async function openPart(path: string, stdin: Readable): Promise<SourcePart> {
  if (path === '-') return {name: '-', chunks: () => reading('standard input', stdin)};
  let facts: Awaited<ReturnType<typeof stat>>;
  try {
    facts = await stat(path);
  } catch (cause) {
    throw unreadable(path, cause);
  }
  if (facts.isDirectory()) throw new InputError(`${path}: this is a folder; name a log file in it`);
  return {name: path, chunks: () => reading(path, createReadStream(path, {highWaterMark: chunkLength}))};
}

async function* reading(name: string, stream: Readable): AsyncIterable<Uint8Array> {
  try {
    yield* unpack(name, stream);
  } catch (cause) {
    throw cause instanceof InputError ? cause : unreadable(name, cause);
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'no such file',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ENOTDIR: 'a part of the path is no folder',
  EISDIR: 'this is a folder; name a log file in it',
  ELOOP: 'too many symbolic links',
  EIO: 'input/output error',
  Z_DATA_ERROR: 'its compressed data is damaged',
  Z_BUF_ERROR: 'its compressed data is cut off',
};

function unreadable(name: string, cause: unknown): InputError {
  const {code, message} = cause as NodeJS.ErrnoException;
  return new InputError(`${name}: cannot read it: ${reasons[code ?? ''] ?? message}`, {cause});
}
