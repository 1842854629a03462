/** The report as a page. What only a browser shows is in test/e2e/html.test.ts. */
import {createHash} from 'node:crypto';
import {fileURLToPath} from 'node:url';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {analyze} from '../../src/analyze.js';
import {openSource} from '../../src/intake/source.js';
import type {Report} from '../../src/model/report.js';
import {contextLines} from '../../src/report/context-lines.js';
import {renderHtml} from '../../src/report/html/document.js';
import {html, trusted} from '../../src/report/html/template.js';
import {ignoring} from '../../src/report/ignore.js';
import {begun, failure} from '../boots.js';
import {reportOf} from '../log.js';
import {hostileLog, hostileText, withText} from './hostile.js';

const samples = fileURLToPath(new URL('../../samples/', import.meta.url));
const founding = 'ostree-ms-move-restart/console.log';

async function reportOn(...files: string[]): Promise<Report> {
  const source = await openSource(
    files.map(file => samples + file),
    process.stdin,
  );
  return analyze(source, {context: contextLines.html});
}

/** The elements of a page and their attributes, without what the attributes say. */
function structureOf(page: string): string[] {
  const body = page.replace(/<style>[\s\S]*?<\/style>|<script>[\s\S]*?<\/script>/g, '');
  return [...body.matchAll(/<(\/?[a-zA-Z!][\w-]*)((?:\s+[\w-]+(?:="[^"]*")?)*)\s*\/?>/g)]
    .map(([, name, attributes = '']) =>
      [
        name,
        ...attributes
          .replace(/="[^"]*"/g, '')
          .trim()
          .split(/\s+/),
      ]
        .join(' ')
        .trim(),
    )
    .filter(element => !/^\/?code$/.test(element));
}

describe('the template', () => {
  test('takes text as text', () => {
    const text = `<b a='x'>&"</b>`;
    expect(html`<p title="${text}">${text}</p>`.toString()).toBe(
      '<p title="&lt;b a=&#39;x&#39;&gt;&amp;&quot;&lt;/b&gt;">&lt;b a=&#39;x&#39;&gt;&amp;&quot;&lt;/b&gt;</p>',
    );
  });

  test('takes its own markup as markup, lists as their items, and nothing as nothing', () => {
    expect(html`${[html`<i>${1}</i>`, 'a<', null, undefined, false, [trusted('<hr>')]]}`.toString()).toBe(
      '<i>1</i>a&lt;<hr>',
    );
  });

  test('takes no object that only looks like markup', () => {
    const forged = {toString: () => '<script>'} as unknown as string;
    expect(html`${[String(forged)]}`.toString()).toBe('&lt;script&gt;');
  });

  test('has no attributes without quotes', () => {
    expect(() => html`<p title=${'x'}>`).toThrow('without quotes');
  });

  test('lets no control characters through, and none that turn the direction of text', () => {
    expect(html`${'a\x1b[2J\u202eb\x00\x9b'}`.toString()).toBe('a�[2J�b��');
  });
});

test('tells what happened, where, why, what followed and what to do', async () => {
  const text = renderHtml(await reportOn(founding)).replace(/<(?:style|script)>[\s\S]*?<\/\w+>|<[^>]*>/g, '');
  for (const part of [
    'The boot stopped in the initrd and dropped to a maintenance shell',
    'finds the root file system and mounts it',
    'failed to MS_MOVE',
    'ostree-prepare-root.service, first of 14 runs',
    'ostree/sysroot-directory-missing',
    'chattr +i',
    'left behind by its own earlier run',
    'failed 14 times 26.6 s',
    'Press Enter for maintenance',
    'root=LABEL=rootfs rw console=ttyS0',
  ])
    expect(text).toContain(part);
});

test.each([
  [founding],
  ['ostree-switch-root-noarg/console.log'],
  ['ostree-readonly/journal.short'],
  ['kernel-oops-trixie/console.log'],
  ['healthy-bookworm/journal.export'],
  ['two-boots/journal.json'],
  ['two-boots/console.log', 'start-limit/journal.short'],
])('of %s, ids are unique, links within the page land, and evidence is among them', async (...files) => {
  const report = await reportOn(...files.filter(file => typeof file === 'string'));
  const page = renderHtml(report);
  const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
  expect(ids.length).toBe(new Set(ids).size);
  const links = [...page.matchAll(/ href="#([^"]+)"/g)].map(([, id]) => id as string);
  expect(links.filter(id => !ids.includes(id))).toEqual([]);
  for (const [index, boot] of report.boots.entries())
    for (const {line, source} of boot.rootCauses.flatMap(({evidence}) => evidence.slice(0, 6)))
      expect(links).toContain(`b${index + 1}${source === undefined ? '' : `f${source + 1}`}L${line}`);
});

test('its policy lets in its own style and script, and nothing else', async () => {
  const page = renderHtml(await reportOn(founding));
  const hashOf = (element: string): string => {
    const text = new RegExp(`<${element}>([\\s\\S]*?)</${element}>`).exec(page)?.[1] ?? '';
    return `&#39;sha256-${createHash('sha256').update(text).digest('base64')}&#39;`;
  };
  expect(page).toContain(
    `content="default-src &#39;none&#39;; style-src ${hashOf('style')}; script-src ${hashOf('script')}; base-uri &#39;none&#39;; form-action &#39;none&#39;"`,
  );
  expect(page.match(/<(?:style|script)\b/g)).toHaveLength(2);
  expect(structureOf(page).join(' ')).not.toMatch(/\b(?:src|style|on\w+)\b/);
});

test('it is not large', async () => {
  expect(renderHtml(await reportOn(founding)).length).toBeLessThan(120_000);
});

test('no start is said not to have ended that was only cut by the console', async () => {
  expect(renderHtml(await reportOn('healthy-bookworm/console.log'))).not.toContain('did not end');
});

test('without context it tells what it can, and links to nothing that is not there', async () => {
  const page = renderHtml(await reportOf([...begun, ...failure(30, 'acme.service', 'Acme')]));
  expect(page).toContain('acme.service: Main process exited');
  expect(page).not.toMatch(/href="#b1L|class="log"/);
});

test('of a log of nothing it says so', async () => {
  expect(renderHtml(await reportOf(''))).toContain('<h1>Nothing was read: the log is empty.</h1>');
});

test('what is ignored is a line among what is known, and what was hidden is said', async () => {
  const report = ignoring(await reportOn(founding), ['ostree/sysroot-directory-missing']);
  const page = renderHtml({...report, redactions: [{kind: 'host name', count: 3, different: 1}]});
  expect(page).toContain('id="b1-known"');
  expect(page).not.toContain('id="b1-cause1"');
  expect(page).toMatch(/id="b1L480">.* href="#b1-known" title="Root cause: /);
  expect(page).toContain('3 × host name (1 different)');
});

test('an address that is none is no link', async () => {
  const report = await reportOn(founding);
  const [boot] = report.boots;
  const [cause] = boot?.rootCauses ?? [];
  const references = [{title: 'x', url: 'javascript:alert(1)'}];
  const page = renderHtml({...report, boots: [{...boot, rootCauses: [{...cause, references}]}]} as Report);
  expect(page).not.toContain('href="javascript');
});

test('whatever the log says, the page is made of the same elements', async () => {
  const report = await reportOn(founding);
  const benign = structureOf(renderHtml(withText(report, 'word')));
  expect(benign.length).toBeGreaterThan(500);
  fc.assert(
    fc.property(hostileText, text => {
      expect(structureOf(renderHtml(withText(report, text)))).toEqual(benign);
    }),
    {numRuns: 60},
  );
});

test('a hostile log makes a harmless page', async () => {
  const page = renderHtml(await reportOf(hostileLog, {context: contextLines.html}));
  expect(page).toContain('&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;');
  expect(page.match(/<script/g)).toHaveLength(1);
  expect(page).not.toMatch(/<img|<h1>mine|[\0-\x08\x0b-\x1f\u202a-\u202e]/);
});
