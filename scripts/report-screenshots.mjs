// The HTML report as pictures, those of the README in docs/screenshots: npm run screenshots:report
// It takes Chromium on the path; `npm run build` comes first.
import {spawnSync} from 'node:child_process';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {chromium} from 'playwright-core';

const root = fileURLToPath(new URL('..', import.meta.url));
const founding = 'samples/ostree-ms-move-restart/console.log';
const viewport = {width: 1200, height: 1010};

const folder = await mkdtemp(join(tmpdir(), 'whyboot-'));
const page = join(folder, 'report.html');
spawnSync(process.execPath, ['bin/run.js', '--output', page, founding], {cwd: root});
const executablePath = spawnSync('which', ['chromium'], {encoding: 'utf8'}).stdout.trim();
const browser = await chromium.launch({executablePath, args: ['--headless', '--no-sandbox', '--disable-gpu']});
for (const colorScheme of ['light', 'dark']) {
  const context = await browser.newContext({colorScheme, viewport});
  const tab = await context.newPage();
  await tab.goto(`file://${page}`);
  await tab.screenshot({path: `${root}docs/screenshots/report-${colorScheme}.png`});
}
await browser.close();
await rm(folder, {recursive: true});
