/** The HTML report in a browser. */
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {Page} from 'playwright-core';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {hostileLog} from '../report/hostile.js';
import {hasChromium, openPage} from './chromium.js';
import {whyboot} from './whyboot.js';

const samples: Readonly<Record<string, readonly string[]>> = {
  founding: ['samples/ostree-ms-move-restart/console.log'],
  degraded: ['samples/ostree-readonly/journal.short'],
  panic: ['samples/vfs-no-root/console.log'],
  healthy: ['samples/healthy-bookworm/console.log'],
  boots: ['samples/two-boots/console.log'],
  files: ['samples/two-boots/console.log', 'samples/start-limit/journal.short'],
  hostile: ['-'],
};
const names = Object.keys(samples);
const folder = mkdtempSync(join(tmpdir(), 'whyboot-test-'));
afterAll(() => rmSync(folder, {recursive: true}));
const fileOf = (name: string): string => join(folder, `${name}.html`);

/** What a script says in the page. */
const ask = <Answer>(page: Page, script: string): Promise<Answer> => page.evaluate(script) as Promise<Answer>;
const focused = (page: Page): Promise<string> => ask(page, 'document.activeElement.textContent');
const isInView = (page: Page, selector: string): Promise<boolean> =>
  ask(
    page,
    `(({top, bottom}) => top >= 0 && bottom <= innerHeight)(document.querySelector('${selector}').getBoundingClientRect())`,
  );
const weakContrasts = readFileSync(new URL('weak-contrasts.js', import.meta.url), 'utf8');

describe.skipIf(!hasChromium)('in a browser', () => {
  beforeAll(() => {
    for (const [name, files] of Object.entries(samples))
      whyboot(['--output', fileOf(name), ...files], {input: hostileLog.join('\n')});
  });

  test.each(names)('%s: nothing is asked for, nothing complains, and it fits', async name => {
    for (const width of [400, 1400]) {
      const {page, complaints} = await openPage(fileOf(name), {viewport: {width, height: 900}});
      expect(complaints).toEqual([]);
      expect(await ask(page, 'document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
      expect(await page.locator('h1').count()).toBeGreaterThan(0);
    }
  });

  test.each(['light', 'dark'] as const)('%s: text can be told from what it stands on', async colorScheme => {
    for (const name of names) {
      const {page} = await openPage(fileOf(name), {colorScheme});
      expect(await ask(page, weakContrasts), name).toEqual([]);
    }
  });

  test('a click on the number of a line of evidence leads to the line in the log', async () => {
    const {page} = await openPage(fileOf('founding'), {reducedMotion: 'reduce'});
    await page.locator('.evidence .said .number a').click();
    expect(new URL(page.url()).hash).toBe('#b1L480');
    expect(await isInView(page, '#b1L480')).toBe(true);
    expect(await page.locator('#b1L480').textContent()).toContain('failed to MS_MOVE');
    expect(await page.locator('#b1L480:target').count()).toBe(1);
    await page.locator('#b1L480 .mark').click();
    expect(await isInView(page, '#b1-cause1-title')).toBe(true);
  });

  test('the log can be searched with the keyboard alone', async () => {
    const {page} = await openPage(fileOf('founding'), {reducedMotion: 'reduce'});
    await page.keyboard.press('/');
    await page.keyboard.type('sysroot.tmp: file');
    const output = page.locator('.search output');
    expect(await output.textContent()).toBe('13 lines');
    await page.keyboard.press('Enter');
    expect(await output.textContent()).toBe('1 of 13');
    expect(await isInView(page, '.line.here')).toBe(true);
    await page.keyboard.press('Shift+Enter');
    expect(await output.textContent()).toBe('13 of 13');
    await page.keyboard.press('Escape');
    expect(await page.locator('.line.hit').count()).toBe(0);
    await page.keyboard.press('/');
    await page.keyboard.type('File Exists');
    expect(await output.textContent()).toBe('no line');
  });

  test('it can be used with the keyboard: skip, links, folds', async () => {
    const {page} = await openPage(fileOf('founding'), {reducedMotion: 'reduce'});
    await page.keyboard.press('Tab');
    expect(await focused(page)).toBe('Skip to the answer');
    expect(await isInView(page, '.skip')).toBe(true);
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    expect(await focused(page)).toBe('Root cause');
    await page.locator('.units summary').first().focus();
    await page.keyboard.press('Enter');
    expect(await page.locator('.units table').first().isVisible()).toBe(true);
  });

  test('everything but searching and copying works without scripts', async () => {
    const {page, complaints} = await openPage(fileOf('founding'), {javaScriptEnabled: false});
    expect(await page.locator('.search').isVisible()).toBe(false);
    await page.locator('.evidence .said .number a').click();
    expect(await page.locator('#b1L480:target').isVisible()).toBe(true);
    await page.locator('.units summary').first().click();
    expect(await page.locator('.units table').first().isVisible()).toBe(true);
    expect(complaints.filter(each => !each.includes('script'))).toEqual([]);
  });

  test('on paper there is the answer, unfolded, and not the log', async () => {
    const {page} = await openPage(fileOf('founding'));
    const paper = await page.pdf({format: 'A4'});
    expect(paper.subarray(0, 5).toString()).toBe('%PDF-');
    await page.emulateMedia({media: 'print'});
    await ask(page, "dispatchEvent(new Event('beforeprint'))");
    expect(await page.locator('.log').isVisible()).toBe(false);
    expect(await page.locator('.units table').first().isVisible()).toBe(true);
    await ask(page, "dispatchEvent(new Event('afterprint'))");
    expect(await page.locator('.units table').first().isVisible()).toBe(false);
  });

  test('of several boots each is one step away, and has a search of its own', async () => {
    const {page} = await openPage(fileOf('boots'), {reducedMotion: 'reduce'});
    await page.locator('.boots a').nth(1).click();
    expect(await isInView(page, '#b2-title')).toBe(true);
    await page.keyboard.press('/');
    expect(await ask(page, 'document.activeElement.id')).toBe('b2-log-search');
  });

  test('what a hostile log says is shown as it is, and does nothing', async () => {
    const {page, complaints} = await openPage(fileOf('hostile'));
    const text = (await page.locator('body').textContent()) ?? '';
    expect(text).toContain('</script><script>alert(1)</script>');
    expect(text).toContain('</details></section></main><h1>mine</h1>');
    expect(await page.locator('img, iframe, object, embed, h1 >> text=mine').count()).toBe(0);
    expect(await page.locator('script').count()).toBe(1);
    expect(complaints).toEqual([]);
  });
});
