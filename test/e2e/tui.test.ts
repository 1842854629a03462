import {execFileSync, spawnSync} from 'node:child_process';
import {mkdtempSync, readdirSync, readFileSync, rmSync} from 'node:fs';
import {writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';
import {describe, expect, onTestFinished, test, vi} from 'vitest';
import {hasTmux, openTerminal, type RealTerminal} from './tmux.js';
import {failing, root, twoBoots} from './whyboot.js';

// All waiting is for what is shown; on a busy machine that takes its time.
vi.setConfig({testTimeout: 180_000});

const hasScript = spawnSync('script', ['--version']).status === 0;
/** Plain JavaScript, without types. */
const {picture} = (await import(pathToFileURL(join(root, 'scripts/screenshots.mjs')).href)) as {
  picture: (name: string) => Promise<Readonly<Record<string, string>>>;
};

test.skipIf(!hasScript)('README shows what the screen shows: npm run screenshots brings it up to date', async () => {
  for (const [theme, svg] of Object.entries(await picture('causes')))
    expect(readFileSync(join(root, `docs/screenshots/causes-${theme}.svg`), 'utf8')).toBe(svg);
});

const path = /kernel ✓ → initrd ✗ ostree-prepare-root → switch root → userspace/;
const firstKeys = /q quit .*\? keys/;

/** The terminal is as it was before: no alternate screen, a cursor, no mouse reports, echo. */
async function isClean(terminal: RealTerminal): Promise<void> {
  await terminal.run("stty -a | grep -owE -e '-?(icanon|echo)' | tr '\\n' ' '; echo checked");
  await terminal.shows(/^icanon echo checked/m);
  expect(await terminal.ask('#{alternate_on} #{cursor_flag} #{mouse_standard_flag} #{mouse_sgr_flag}')).toBe('0 1 0 0');
}

describe.skipIf(!hasTmux)('in a real terminal', () => {
  test('the founding story: the cause, what followed, its line in the log, a search, a ticket, and out', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'whyboot-tui-'));
    onTestFinished(() => rmSync(folder, {recursive: true}));
    const terminal = await openTerminal();
    await terminal.run(
      `cp ${failing} ${folder}/console.log; cd ${folder}; clear; whyboot console.log; echo left with $?`,
    );
    await terminal.shows(
      'deployment has no sysroot directory.',
      path,
      '480 │',
      'MS_MOVE',
      'What followed from it',
      firstKeys,
    );

    await terminal.press('Enter');
    await terminal.shows('[4 Log]', /▸✖ +480 │ .*ostree-prepare-root/, '── line 480 · cause: The OSTree deployment');
    await terminal.press('Escape');
    await terminal.shows('[1 Causes]');

    await terminal.press('j');
    await terminal.press('Enter');
    await terminal.shows(/▾ ×14 .*ostree-prepare-root\.service failed 14 times/, '483 │');
    await terminal.press('j', 'Enter');
    await terminal.shows('[4 Log]', /▸↳ +483 │/);

    await terminal.press('/');
    await terminal.press('dropping to', 'Enter');
    await terminal.shows('Nothing contains “dropping to”');
    await terminal.press('/');
    await terminal.press('emergency', 'Enter');
    await terminal.shows(/\/emergency: \d+/, /▸. +\d+ │ .*[Ee]mergency/);

    await terminal.press('2');
    await terminal.shows('[2 Timeline]', /✗ initrd +█+/, /✗ +ostree-prepare-root\.\S+ ×14/);
    await terminal.press('3');
    await terminal.shows('[3 Units]', /▸ ✖ ostree-prepare-root\.service +exit-code +14 runs/, /2 … 14/);

    await terminal.press('m');
    await terminal.shows('Save the ticket as: whyboot-ticket.md');
    await terminal.press('Enter');
    await terminal.shows('Hide names, addresses and ids in it?', 'n no');
    await terminal.press('n');
    await terminal.shows('Saved whyboot-ticket.md');
    expect(readFileSync(join(folder, 'whyboot-ticket.md'), 'utf8')).toContain(
      "failed to MS_MOVE '/sysroot' to 'sysroot'",
    );
    await terminal.press('m', 'Enter', 'n');
    await terminal.shows('it is there already');

    await terminal.press('?');
    await terminal.shows('Keys', 'Everywhere');
    await terminal.press('Escape', 'q');
    await terminal.shows('left with 0');
    await isClean(terminal);
  });

  test('boots: the last one is shown, b chooses another', async () => {
    const terminal = await openTerminal(100, 30);
    await terminal.run(`whyboot ${twoBoots}`);
    await terminal.shows('✔ The boot is healthy.', 'boot 2 of 2');
    await terminal.press('b');
    await terminal.shows('Which boot', /1 +✖ panic/, /▸ +2 +✔ healthy/);
    await terminal.press('k', 'Enter');
    await terminal.shows(/✖ The kernel panicked/, 'boot 1 of 2');
    await terminal.press('q');
    await terminal.shows('ready$');
  });

  test('what the command line asks for holds on the screen: a boot, hidden names, failures that are known', async () => {
    const terminal = await openTerminal(100, 30);
    await terminal.run(`whyboot --boot 1 --redact --ignore 'kernel/*' ${twoBoots}`);
    await terminal.shows('boot 1 of 2', 'redacted', '[1 Causes]');
    await terminal.press('r');
    await terminal.shows('Names, addresses and ids are shown');
    await terminal.press('q');
    await terminal.shows('ready$');
    await terminal.run(`clear; whyboot --ignore 'ostree/*' ${failing}`);
    await terminal.shows('known, and ignored');
    await terminal.press('q');
    await terminal.shows('ready$');
  });

  test('the log on standard input, the keys from the terminal; nothing is left behind', async () => {
    const spills = (): string[] => readdirSync(tmpdir()).filter(name => /^whyboot-[A-Za-z0-9]{6}$/.test(name));
    const before = spills();
    const terminal = await openTerminal(100, 30);
    await terminal.run(`cat ${failing} | whyboot ; echo left with $?`);
    await terminal.shows('no sysroot directory', '802 lines');
    await terminal.press('Enter');
    await terminal.shows('[4 Log]', '480 │');
    expect(spills()).toEqual(before);
    await terminal.press('q');
    await terminal.shows('left with 0');
    await isClean(terminal);
  });

  test('q leaves at once, although more of the log may come', async () => {
    const terminal = await openTerminal(100, 30);
    const folder = mkdtempSync(join(tmpdir(), 'whyboot-tui-'));
    onTestFinished(() => rmSync(folder, {recursive: true}));
    const gate = join(folder, 'gate');
    // The shell waits for whyboot alone, which is the last to hold the gate open.
    await terminal.run(`clear; mkfifo ${gate}; sleep 600 > ${gate} & whyboot < ${gate} ; echo left with $?; kill %1`);
    await terminal.shows('Reading the log');
    await terminal.press('q');
    await terminal.shows('left with 0');
    await terminal.run(`clear; yes 'chatter of a program' | whyboot ; echo left again with $?`);
    await terminal.shows('nothing has failed so far', 'reading');
    await terminal.press('q');
    await terminal.shows('left again with 0');
  });

  test('a log that comes in slowly: findings appear as they are made, and the end can be followed', async () => {
    const terminal = await openTerminal(100, 30);
    const folder = mkdtempSync(join(tmpdir(), 'whyboot-tui-'));
    onTestFinished(() => rmSync(folder, {recursive: true}));
    const gate = join(folder, 'gate');
    await terminal.run(
      `clear; mkfifo ${gate}; (head -470 ${failing}; cat ${gate} >&2; tail -n +471 ${failing}; cat ${gate} >&2) | whyboot`,
    );
    await terminal.shows('Reading the log; nothing has failed so far', 'reading', '470 lines');
    await terminal.press('4', 'G');
    await terminal.shows('[4 Log]', /▸ +470 │/);
    await writeFile(gate, '');
    await terminal.shows('dropped to a maintenance shell', 'reading', /▸. +802 │/);
    await writeFile(gate, '');
    await terminal.shows(/802 lines *$/m);
    await terminal.press('q');
    await terminal.shows('ready$');
  });

  test.each([
    {signal: 'TERM', status: 143},
    {signal: 'INT', status: 130},
    {signal: 'HUP', status: 129},
  ])('SIG$signal gives the terminal back', async ({signal, status}) => {
    const terminal = await openTerminal();
    await terminal.run('clear; echo what was there before');
    await terminal.run(`whyboot ${failing}`);
    await terminal.shows('[1 Causes]');
    const shell = await terminal.ask('#{pane_pid}');
    const child = execFileSync('ps', ['-o', 'pid=', '--ppid', shell], {encoding: 'utf8'}).trim();
    process.kill(Number(child), `SIG${signal}` as NodeJS.Signals);
    await terminal.shows('ready$', 'what was there before');
    await terminal.run('echo left with $?');
    await terminal.shows(`left with ${status}`);
    await isClean(terminal);
  });

  test.each(['throw new Error("broken")', 'Promise.reject(new Error("broken"))'])(
    'a crash gives the terminal back as it was, and says what happened: %s',
    async statement => {
      const terminal = await openTerminal(100, 24);
      const folder = mkdtempSync(join(tmpdir(), 'whyboot-tui-'));
      onTestFinished(() => rmSync(folder, {recursive: true}));
      const gate = join(folder, 'gate');
      const preload = join(folder, 'crash.mjs');
      await writeFile(
        preload,
        `import {existsSync} from 'node:fs';\nconst timer = setInterval(() => { if (existsSync('${gate}')) { clearInterval(timer); ${statement} } }, 50);\n`,
      );
      await terminal.run('clear; echo what was there before');
      await terminal.run(`NODE_OPTIONS="--import ${preload}" whyboot ${failing}; echo left with $?`);
      await terminal.shows('[1 Causes]');
      await writeFile(gate, '');
      await terminal.shows('what was there before', 'whyboot: internal error: broken', 'left with 70');
      await isClean(terminal);
    },
  );

  test('Ctrl-Z gives the terminal back, fg takes it again where it was; Ctrl-C leaves with 130', async () => {
    const terminal = await openTerminal();
    await terminal.run(`whyboot ${failing}`);
    await terminal.shows('[1 Causes]');
    await terminal.press('4', 'G');
    await terminal.shows('[4 Log]', /▸. +802 │/);
    await terminal.press('C-z');
    await terminal.shows('Stopped');
    await isClean(terminal);
    await terminal.run('fg');
    await terminal.shows('[4 Log]', /▸. +802 │/);
    await terminal.press('C-c');
    await terminal.shows('ready$');
    await terminal.run('echo left with $?');
    await terminal.shows('left with 130');
    await isClean(terminal);
  });

  test('every size from 60 × 20 on has the verdict, the path and the keys in sight', async () => {
    const terminal = await openTerminal(160, 50);
    await terminal.run(`whyboot ${failing}`);
    await terminal.shows('[1 Causes]', firstKeys);
    for (const [columns, rows] of [
      [60, 20],
      [80, 24],
      [300, 100],
      [60, 20],
    ] as const) {
      await terminal.resize(columns, rows);
      const screen = await terminal.shows(/^✖ The boot stopped/, /initrd ✗/, 'q quit');
      const lines = screen.trimEnd().split('\n');
      expect(lines.length).toBeLessThanOrEqual(rows);
      expect(lines.filter(line => line.includes('q quit'))).toHaveLength(1);
    }
    await terminal.press('q');
    await terminal.shows('ready$');
  });

  test('without colours where NO_COLOR is set, and marks say what colours would', async () => {
    const terminal = await openTerminal(80, 24, {NO_COLOR: '1'});
    await terminal.run(`whyboot ${failing}`);
    await terminal.shows('[1 Causes]', /^✖ /, 'initrd ✗');
    expect(await terminal.raw()).not.toMatch(/\x1b\[(?:[\d;]*;)?(?:[349][0-7]|10[0-7])m/);
    await terminal.press('q');
    await terminal.shows('ready$');
  });

  test.each(['TERM=dumb', 'WHAT=--no-tui', 'WHAT=--format=text'])('%s gives the report', async setting => {
    const terminal = await openTerminal(100, 50);
    await terminal.run(`${setting}; export TERM; whyboot $WHAT ${failing}; echo left with $?`);
    await terminal.shows('Root cause', 'left with 1');
  });
});
