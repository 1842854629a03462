import fc from 'fast-check';
import {expect, test, vi} from 'vitest';
import {bindings} from '../../src/tui/keys.js';
import {causeDetail} from '../../src/tui/layout/cause-detail.js';
import {causesPanes} from '../../src/tui/layout/causes.js';
import {bodyHeight} from '../../src/tui/layout/frame.js';
import {logHeight} from '../../src/tui/layout/log.js';
import {stretchesOf, tookUs} from '../../src/tui/layout/stretches.js';
import {bootOf, causesOf, initialState, type State, selectedCause} from '../../src/tui/state/state.js';
import {update} from '../../src/tui/state/update.js';
import {founding, openScreen, reportOf, textOf} from './fixtures.js';

test('it opens at the first line of evidence of the first cause', async () => {
  const {state, press, copied} = await openScreen();
  expect(state().screen).toBe('causes');
  press('y');
  expect(copied[0]).toContain("failed to MS_MOVE '/sysroot' to 'sysroot'");
});

test('Enter on evidence shows it in the log, and Escape comes back', async () => {
  const {state, press, controller} = await openScreen();
  press('enter');
  const {log, screen} = state();
  expect(screen).toBe('log');
  expect(controller.desk.text.lineOf(controller.desk.view.rowAt(log.cursor)).line).toBe(480);
  expect(log.cursor - log.top).toBeGreaterThan(3);
  press('esc');
  expect(state().screen).toBe('causes');
});

test('what followed is folded, opens with Enter, and its lines lead into the log', async () => {
  const {state, press, controller} = await openScreen();
  press('j');
  expect(state().causes.detail.open).toEqual([]);
  press('enter');
  expect(state().causes.detail.open).toEqual([0]);
  press('j', 'enter');
  expect(controller.desk.text.lineOf(controller.desk.view.rowAt(state().log.cursor)).line).toBe(483);
  press('esc', 'k', 'enter');
  expect(state().causes.detail.open).toEqual([]);
});

test('wherever the keys lead, cursors stay on what is there and in the window', async () => {
  const keys = [...new Set(bindings.flatMap(({keys: names}) => names))].filter(
    name => !['q', 'm', 'y', 'ctrl-c', 'ctrl-z'].includes(name),
  );
  const screens = await Promise.all(
    [founding, 'two-boots/console.log', 'cascade/journal.short'].map(file => openScreen(file, {rows: 20, columns: 60})),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.integer({min: 0, max: screens.length - 1}),
      fc.array(fc.constantFrom(...keys), {minLength: 1, maxLength: 60}),
      async (which, pressed) => {
        const {press, state, controller} = screens[which] as (typeof screens)[number];
        press(...pressed);
        const {log, causes, size} = state();
        const body = bodyHeight(state());
        expect(body).toBeGreaterThan(5);
        if (log.count > 0) {
          expect(controller.desk.view.count).toBe(log.count);
          expect(log.cursor).toBeGreaterThanOrEqual(log.top);
          expect(log.cursor).toBeLessThan(Math.min(log.count, log.top + logHeight(body)));
        }
        const detail = causeDetail(state(), causesPanes(state(), body).detailWidth);
        if (detail.items.length > 0) expect(detail.items[causes.detail.item]).toBeDefined();
        expect(causes.detail.top).toBeGreaterThanOrEqual(0);
        expect(size).toEqual({rows: 20, columns: 60});
      },
    ),
    {numRuns: 150},
  );
});

test('every item of a cause can be reached by going down, and every line be seen', async () => {
  const {state, press} = await openScreen(founding, {rows: 20, columns: 60});
  const {lines, items} = causeDetail(state(), 60);
  const {detailHeight} = causesPanes(state(), bodyHeight(state()));
  const seen = new Set<number>();
  const reached = new Set<number>();
  for (let step = 0; step < 3 * lines.length; step++) {
    const {top, item} = state().causes.detail;
    for (let line = top; line < Math.min(lines.length, top + detailHeight); line++) seen.add(line);
    reached.add(item);
    press('j');
  }
  expect(seen.size).toBe(lines.length);
  expect(reached.size).toBe(items.length);
});

test('a search goes to the next match, round the end, and says what is not there', async () => {
  const {state, press, type, settled, controller} = await openScreen();
  const line = (): number => controller.desk.text.lineOf(controller.desk.view.rowAt(state().log.cursor)).line;
  press('4', '/');
  type('sysroot.tmp');
  press('enter');
  await settled();
  const lines = textOf(founding)
    .split('\n')
    .flatMap((text, row) => (text.includes('sysroot.tmp') ? [row + 1] : []));
  expect(state().log.hits).toBe(lines.length);
  expect(line()).toBe(lines[0]);
  press('n');
  expect(line()).toBe(lines[1]);
  press('N', 'N');
  expect(line()).toBe(lines.at(-1));
  press('n');
  expect(line()).toBe(lines[0]);
  press('/');
  type('no such text');
  press('enter');
  await settled();
  expect(state().toast).toEqual({text: 'Nothing contains “no such text”', isBad: true});
});

test('filters narrow the log, keep the row of the cursor, and are cleared', async () => {
  const {state, press, settled, controller} = await openScreen();
  press('enter');
  const all = state().log.count;
  const row = (): number => controller.desk.view.rowAt(state().log.cursor);
  press('p');
  await settled();
  const wrong = state().log.count;
  expect(wrong).toBeLessThan(all);
  expect(row()).toBe(479);
  press('f');
  expect(state().log.count).toBeLessThanOrEqual(wrong);
  expect(row()).toBe(479);
  press('c');
  expect(state().log.count).toBe(all);
  expect(row()).toBe(479);
});

test('e and E go from finding to finding', async () => {
  const {state, press, controller} = await openScreen();
  press('4', 'g', 'e');
  const first = controller.desk.view.rowAt(state().log.cursor);
  expect(controller.desk.marks.get(first)).toBeDefined();
  press('e');
  expect(controller.desk.view.rowAt(state().log.cursor)).toBeGreaterThan(first);
  press('E');
  expect(controller.desk.view.rowAt(state().log.cursor)).toBe(first);
});

test('a line can be gone to, also one that the filters hide', async () => {
  const {state, press, type, controller} = await openScreen();
  press('4', 'f', ':');
  type('100');
  press('enter');
  expect(controller.desk.text.lineOf(controller.desk.view.rowAt(state().log.cursor)).line).toBe(100);
  press(':');
  type('nowhere');
  press('enter');
  expect(state().toast?.isBad).toBe(true);
});

test('choosing a boot changes the causes, and goes to it in the log', async () => {
  const {state, press} = await openScreen('two-boots/console.log');
  expect(bootOf(state())?.outcome).toBe('healthy');
  press('b', 'k', 'enter');
  expect(bootOf(state())?.outcome).toBe('panic');
  expect(selectedCause(state())?.isNotice).toBe(false);
});

test('units show their runs, those alike in one', async () => {
  const {state, press, settled} = await openScreen();
  press('3');
  await settled();
  const runs = state().runs['ostree-prepare-root.service'];
  expect(runs).toHaveLength(14);
  expect(runs?.[0]?.error?.text).toContain('MS_MOVE');
  expect(runs?.slice(1).every(({error}) => error?.text.includes('sysroot.tmp') === true)).toBe(true);
});

test('the runs of a unit can be chosen, and lead to their lines in the log', async () => {
  const {state, press, settled, controller} = await openScreen();
  press('3');
  await settled();
  press('right', 'j', 'j', 'enter');
  expect(state().screen).toBe('log');
  expect(controller.desk.text.lineOf(controller.desk.view.rowAt(state().log.cursor)).line).toBe(499);
  press('esc');
  expect([state().screen, state().units.pane, state().units.detail.item]).toEqual(['units', 'detail', 2]);
});

test('the timeline has a row for every unit, with all its runs; what failed comes before the rest', async () => {
  const {state, press, settled} = await openScreen();
  press('2');
  await settled();
  const rows = stretchesOf(state());
  const jobs = rows.filter(({kind}) => kind === 'job');
  expect(new Set(jobs.map(({label}) => label)).size).toBe(jobs.length);
  expect(jobs[0]).toMatchObject({label: 'ostree-prepare-root.service', mark: '✗'});
  expect(jobs[0]?.spells).toHaveLength(14);
  expect(jobs.map(({mark}) => mark).join('')).toMatch(/^✗+[^✗]+$/);
  expect(rows.filter(({kind}) => kind === 'silence')).toHaveLength(1);
  press('s');
  const took = stretchesOf(state())
    .filter(({mark}) => mark === '✓')
    .filter(({kind}) => kind === 'job')
    .map(tookUs);
  expect(took).toEqual(took.toSorted((a, b) => b - a));
});

test('a search can be stopped; what was found stays', async () => {
  const {state, press, type, settled} = await openScreen();
  press('4', '/');
  type('systemd');
  press('enter');
  expect(state().log.searching).toBe(0);
  press('esc');
  expect(state().log.searching).toBeNull();
  expect(state().toast?.text).toMatch(/^Stopped after \d+ % of the log/);
  await settled();
  expect(state().screen).toBe('log');
  // What was not searched is not found.
  press('n');
  expect(state().toast?.text).toBe('Nothing contains “systemd”');
});

test('who moves while a search goes on is not taken elsewhere by it', async () => {
  const {state, press, type, settled, controller} = await openScreen();
  press('4', 'g', '/');
  type('emergency');
  press('enter', 'j');
  await settled();
  expect(state().log.hits).toBeGreaterThan(0);
  expect(controller.desk.view.rowAt(state().log.cursor)).toBe(1);
});

test('the log opens at the cause, the first time', async () => {
  const {state, press, controller} = await openScreen();
  press('4');
  expect(controller.desk.text.lineOf(controller.desk.view.rowAt(state().log.cursor)).line).toBe(480);
  press('g', '1', '4');
  expect(controller.desk.view.rowAt(state().log.cursor)).toBe(0);
});

test('a ticket is saved under the name that was typed', async () => {
  const {press, type, saved, state} = await openScreen();
  press('m', 'ctrl-u');
  type('my ticket.md');
  press('enter');
  expect(state().prompt).toEqual({kind: 'hide', text: 'my ticket.md'});
  press('n');
  await vi.waitFor(() => expect([...saved.keys()]).toEqual(['my ticket.md']));
  expect(saved.get('my ticket.md')).toMatch(/^## ✖ The boot stopped in the initrd/);
  expect(state().toast?.text).toBe('Saved my ticket.md');
});

test('a ticket is of the boot that is shown, in the form that its name asks for', async () => {
  const {press, type, saved} = await openScreen('two-boots/console.log');
  press('b', 'k', 'enter', 'm', 'ctrl-u');
  type('boot.json');
  press('enter', 'n');
  await vi.waitFor(() => expect(saved.size).toBe(1));
  const {boots} = JSON.parse(saved.get('boot.json') ?? '');
  expect(boots.map(({outcome}: {outcome: string}) => outcome)).toEqual(['panic']);
});

test('r hides who and where on every screen, in what is copied, and in a ticket; r again shows it', async () => {
  const {press, type, state, copied, saved, controller} = await openScreen('cascade/journal.short');
  const host = 'debian-bookworm';
  press('4', 'y');
  expect(copied.at(-1)).toContain(` ${host} `);
  press('r');
  await vi.waitFor(() => expect(state().isRedacted).toBe(true));
  press('y');
  expect(copied.at(-1)).toMatch(/ host-1 /);
  expect(JSON.stringify(state().report)).not.toContain(host);
  press('m', 'ctrl-u');
  type('t.txt');
  press('enter');
  await vi.waitFor(() => expect(saved.size).toBe(1));
  expect(saved.get('t.txt')).toContain('host-1');
  expect(saved.get('t.txt')).not.toContain(host);
  press('r');
  expect(controller.desk.shown(`x ${host} y`)).toContain(host);
});

test('a unit that is called by its id has another name in all places when it is hidden', async () => {
  const {press, state, settled} = await openScreen('root-uuid-dracut/journal.short');
  press('r', '2');
  await vi.waitFor(() => expect(state().isRedacted).toBe(true));
  await settled();
  const labels = stretchesOf(state()).map(({label}) => label);
  expect(labels.filter(label => /[\da-f]{4}\\x2d[\da-f]{4}/.test(label))).toEqual([]);
});

test('while the log is read, the cause that was looked at stays selected and in its place', async () => {
  const report = await reportOf('cascade/journal.short');
  const boot = report.boots[0];
  if (boot === undefined) throw new Error('no boot');
  const progress = {bytes: 1, rows: 10, total: null, done: false, error: null};
  const more = {...boot, rootCauses: [...boot.notices, ...boot.rootCauses], notices: []};
  let state: State = initialState('log', {rows: 24, columns: 80}, null);
  state = update(state, {type: 'report', report, progress});
  state = update(state, {type: 'left'});
  const chosen = selectedCause(state);
  expect(chosen).not.toBeNull();
  const place = (of: State): number =>
    causesOf(bootOf(of)).findIndex(({key}) => key === chosen?.key) - of.causes.listTop;
  const before = place(state);
  state = update(state, {type: 'report', report: {...report, boots: [more]}, progress});
  expect(selectedCause(state)?.key).toBe(chosen?.key);
  expect(Math.abs(place(state) - before)).toBeLessThanOrEqual(1);
});

test('a boot that was looked at stays when another begins', async () => {
  const report = await reportOf('two-boots/console.log');
  const progress = {bytes: 1, rows: 10, total: null, done: false, error: null};
  const start = initialState('log', {rows: 24, columns: 80}, null);
  const first = update(start, {type: 'report', report: {...report, boots: report.boots.slice(0, 1)}, progress});
  const both = {type: 'report', report, progress} as const;
  expect(bootOf(update(first, both))?.index).toBe(1);
  expect(bootOf(update(update(first, {type: 'move', by: 1}), both))?.index).toBe(0);
});
