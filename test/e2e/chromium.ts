/** A real browser without a screen: what a page does in it. */
import {existsSync} from 'node:fs';
import {delimiter, join} from 'node:path';
import {type Browser, type BrowserContextOptions, chromium, type Page} from 'playwright-core';
import {afterAll, onTestFinished} from 'vitest';

const names = ['chromium', 'chromium-browser', 'google-chrome'];
const executablePath = (process.env['PATH'] ?? '')
  .split(delimiter)
  .flatMap(folder => names.map(name => join(folder, name)))
  .find(file => existsSync(file));

export const hasChromium = executablePath !== undefined;
if (!hasChromium)
  console.warn('Chromium is not installed: the HTML report is not tested in a browser (apt-get install chromium)');

/** It is to load the page and nothing else. */
const args = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

let browser: Promise<Browser> | null = null;
afterAll(async () => (await browser)?.close());

export interface OpenPage {
  readonly page: Page;
  /** What the page complained of, and what it asked for beyond itself. */
  readonly complaints: string[];
}

/** Opens a file; the page is gone when the test is over. */
export async function openPage(file: string, options: BrowserContextOptions = {}): Promise<OpenPage> {
  browser ??= chromium.launch({...(executablePath !== undefined && {executablePath}), args});
  const context = await (await browser).newContext(options);
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const complaints: string[] = [];
  const address = `file://${file}`;
  page.on('console', message => complaints.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', error => complaints.push(`error: ${error.message}`));
  page.on('dialog', dialog => {
    complaints.push(`dialog: ${dialog.message()}`);
    return dialog.dismiss();
  });
  page.on('request', request => {
    if (request.url() !== address) complaints.push(`request: ${request.url()}`);
  });
  await page.goto(address);
  return {page, complaints};
}
