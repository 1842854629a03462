/** Folders, and several files. */
import {mkdirSync, readFileSync, symlinkSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {analyze, type ByteSource, openSource, type Report} from '../../src/index.js';
import {temporaryFolder} from '../log.js';
import {bytesOf} from './journal-file/fixtures.js';

const machine = '0123456789abcdef0123456789abcdef';
const sample = (path: string): Buffer => readFileSync(join(import.meta.dirname, '../../samples', path));

/** A folder with these files; the text of a file, or its bytes. */
function folder(files: Readonly<Record<string, string | Uint8Array>>): string {
  const path = temporaryFolder({});
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), {recursive: true});
    writeFileSync(join(path, name), content);
  }
  return path;
}

const open = (...paths: readonly string[]): Promise<ByteSource> => openSource(paths, process.stdin);
const read = async (...paths: readonly string[]): Promise<Report> => analyze(await open(...paths));
const [even, odd] = [bytesOf('even.journal'), bytesOf('odd.journal')];

describe('a folder of journals', () => {
  const layouts = {
    'of one machine': {'system.journal': even, 'user-1000.journal': odd},
    'of journald': {[`${machine}/system.journal`]: even, [`${machine}/user-1000.journal`]: odd},
    'of a disk': {[`var/log/journal/${machine}/system.journal`]: even, [`var/log/journal/${machine}/a.journal~`]: odd},
    'of a disk that is mounted as /var': {[`log/journal/${machine}/b.journal`]: even, 'log/journal/c.journal': odd},
  };
  test.each(Object.entries(layouts))('%s is read as one journal', async (_name, files) => {
    const {source, boots, ...report} = await read(folder(files));
    expect(source).toMatchObject({formats: ['journal-file'], lines: 30, truncated: false});
    expect(source.bytes).toBe(even.length + odd.length);
    expect(report).not.toHaveProperty('sources');
    expect(boots).toHaveLength(1);
  });

  test('files that are named are one journal too, an entry in both comes once', async () => {
    const path = folder({'a.journal': even, 'b.journal': odd});
    const {source} = await read(join(path, 'b.journal'), join(path, 'a.journal'));
    expect(source).toMatchObject({name: path, lines: 30});
  });

  test('journals of several machines stay apart', async () => {
    const boots = ['cascade', 'two-boots'].map(name => bytesOf(`boots/${name}.journal`));
    const [cascade, other] = boots as [Buffer, Buffer];
    const {sources, boots: found} = await read(
      folder({'a.journal': cascade, 'b.journal': other, 'c.journal': cascade}),
    );
    expect(sources?.map(({formats, lines}) => [formats, lines])).toEqual([
      [['journal-file'], 833],
      [['journal-file'], 688],
    ]);
    expect(found.map(({outcome}) => outcome)).toEqual(['degraded', 'healthy']);
  });

  test('of a file system it is said where its journal was found', async () => {
    const path = folder({[`var/log/journal/${machine}/system.journal`]: even, 'etc/hosts': '::1 localhost\n'});
    expect((await read(path)).source.notices).toEqual([`${path}: read what is in var/log/journal`]);
  });
});

describe('a folder of texts', () => {
  test('its logs are read, packed ones too, and what is left out is named', async () => {
    const path = folder({
      'console.log': sample('two-boots/console.log'),
      'README.md': '# Read me\n[    0.000000] Linux version 6.1.0\n',
      'truth.json': '{"a": 1}\n',
      'core.bin': new Uint8Array(5000),
      'empty.log': '',
    });
    const {source, boots} = await read(path);
    expect(source.name).toBe(join(path, 'console.log'));
    expect(source.notices).toEqual([`${path}: left out what is no log: README.md, core.bin, truth.json`]);
    expect(boots).toHaveLength(2);
  });

  test('rotated logs come oldest first', async () => {
    const line = 'Nov 22 21:05:45 host systemd[1]: Started foo.service - Foo.\n';
    const names = ['syslog', 'syslog.1', 'syslog.2', 'syslog.10', 'kern.log.1', 'kern.log'];
    const path = folder(Object.fromEntries(names.map(name => [name, line])));
    const {parts} = await open(path);
    expect(parts.map(({name}) => name.slice(path.length + 1))).toEqual([
      'kern.log.1',
      'kern.log',
      'syslog.10',
      'syslog.2',
      'syslog.1',
      'syslog',
    ]);
  });

  test('without a log it is refused in one line', async () => {
    const path = folder({'README.md': '# Read me\n'});
    await expect(open(path)).rejects.toThrow(`${path}: no log is in this folder (none of its files is one: README.md)`);
    await expect(open(folder({}))).rejects.toThrow(/no log is in this folder \(it is empty\)/);
  });

  test('links are followed to files, not to folders, and a broken one is passed over', async () => {
    const path = folder({'other/console.log': sample('two-boots/console.log')});
    const links = folder({});
    symlinkSync(join(path, 'other/console.log'), join(links, 'a.log'));
    symlinkSync(path, join(links, 'folder.log'));
    symlinkSync(join(path, 'gone'), join(links, 'gone.log'));
    expect((await open(links)).parts.map(({name}) => name)).toEqual([join(links, 'a.log')]);
  });
});
