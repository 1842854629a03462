import type {Dirent} from 'node:fs';
import {readdir, stat} from 'node:fs/promises';
import {join} from 'node:path';
import {InputError} from '../model/errors.js';

export interface FolderFile {
  /** Path from the folder on. */
  readonly name: string;
  readonly path: string;
}

/** A folder's files that may be logs, oldest first as far as their names tell, and what is to be said of the choice. */
export interface FolderList {
  readonly files: readonly FolderFile[];
  readonly notices: readonly string[];
}

/** Where a file system, and one that is mounted as /var, keeps its logs; journals are better than text. */
const places = ['var/log/journal', 'log/journal', 'var/log'];
const mostFiles = 1000;
const journalName = /\.journal~?(?:\.(?:gz|xz|zst|lz4|bz2))?$/;
const deepest = 2;
/** `/var/log/journal/MACHINE-ID[.NAMESPACE]`; systemd-journald.service(8). */
const journalFolder = /^(?:[0-9a-f]{32}(?:\.[\w-]+)?|journal)$/;

/**
 * The regular files of a folder, journals also of the folders in it that journald makes; of a whole file system those
 * where its logs are. Throws what `readdir` throws, InputError for too many files.
 */
export async function listFolder(path: string): Promise<FolderList> {
  for (const place of places) {
    const inside = join(path, place);
    if (!(await isFolder(inside))) continue;
    const {files} = await listOne(inside, place);
    if (files.length > 0) return {files, notices: [`${path}: read what is in ${place}`]};
  }
  return listOne(path, '');
}

async function listOne(path: string, prefix: string): Promise<FolderList> {
  const files = await filesIn(path, prefix, 0);
  if (files.length > mostFiles) {
    throw new InputError(`${path}: ${files.length} files are in this folder, too many to look into; name the logs`);
  }
  return {files: files.sort(byAge), notices: []};
}

async function filesIn(path: string, prefix: string, depth: number): Promise<FolderFile[]> {
  const entries = await readdir(path, {withFileTypes: true});
  const here = await regular(entries, path, prefix);
  const files = depth === 0 ? here : here.filter(({name}) => journalName.test(name));
  for (const entry of entries) {
    if (!entry.isDirectory() || !journalFolder.test(entry.name) || depth === deepest) continue;
    files.push(...(await filesIn(join(path, entry.name), join(prefix, entry.name), depth + 1)));
  }
  return files;
}

async function regular(entries: readonly Dirent[], path: string, prefix: string): Promise<FolderFile[]> {
  const files: FolderFile[] = [];
  for (const entry of entries) {
    if (entry.name.startsWith('.')) continue;
    const file = {name: join(prefix, entry.name), path: join(path, entry.name)};
    // Reading a pipe or a device would wait for ever.
    if (entry.isFile() || (entry.isSymbolicLink() && (await isRegular(file.path)))) files.push(file);
  }
  return files;
}

async function isRegular(path: string): Promise<boolean> {
  return stat(path).then(
    facts => facts.isFile(),
    () => false,
  );
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    facts => facts.isDirectory(),
    () => false,
  );
}

const rotated = /^(.*?)(?:\.(\d{1,4}))?(?:\.(?:gz|xz|zst|lz4|bz2))?$/;

/** logrotate(8) counts upwards: `syslog.2.gz` is older than `syslog.1`, which is older than `syslog`. */
function byAge(a: FolderFile, b: FolderFile): number {
  const [, stemA = '', numberA = '0'] = rotated.exec(a.name) ?? [];
  const [, stemB = '', numberB = '0'] = rotated.exec(b.name) ?? [];
  if (stemA !== stemB) return stemA < stemB ? -1 : 1;
  return Number(numberB) - Number(numberA);
}
