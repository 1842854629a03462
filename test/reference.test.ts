/** The pages that `whyboot explain` shows. */
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {describe, expect, test} from 'vitest';
import {z} from 'zod';
import {literally, renderPageMarkdown} from '../src/reference/markdown.js';
import {rulePage} from '../src/reference/rule-page.js';
import {findTerm, loadTerms, namesOf, termPage} from '../src/reference/terms.js';
import {renderPageText} from '../src/reference/text.js';
import {createPaint} from '../src/report/words.js';
import {builtinRules} from '../src/rules/builtin.js';
import {loadRuleDirectory} from '../src/rules/load.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const terms = await loadTerms(join(root, 'terms'));
const loaded = await loadRuleDirectory(join(root, 'rules'));
const plain = {paint: createPaint(false), columns: 80};

describe('terms', () => {
  const shape = z.strictObject({
    term: z.string().min(1),
    kind: z.string().min(1),
    also: z.array(z.string().min(1)).optional(),
    means: z.string().min(5),
    see: z.array(z.string()).optional(),
    references: z.array(z.strictObject({title: z.string(), url: z.url()})).optional(),
  });

  test.each(terms)('$term is of the right form', term => {
    expect(shape.safeParse(term).error?.issues ?? []).toEqual([]);
  });

  test('lead on to terms and rules that there are', () => {
    const known = new Set([...terms.map(({term}) => term), ...builtinRules().map(({id}) => id)]);
    const missing = terms.flatMap(({term, see = []}) =>
      see.filter(name => !known.has(name)).map(name => `${term}: ${name}`),
    );
    expect(missing).toEqual([]);
  });

  test('are each found by every name that they have', () => {
    const wrong = terms.flatMap(term => namesOf([term]).filter(name => findTerm(name, terms) !== term));
    // An area of rules may be called like the thing itself.
    const areas = new Set(terms.filter(({kind}) => kind === 'Areas of rules').map(({term}) => term));
    expect(wrong.filter(name => !areas.has(name))).toEqual([]);
  });

  test('describe every area of rules', () => {
    const areas = new Set(builtinRules().map(({id}) => id.split('/')[0] as string));
    const described = new Set(terms.filter(({kind}) => kind === 'Areas of rules').map(({term}) => term));
    expect([...areas].filter(area => !described.has(area))).toEqual([]);
  });

  test.each([
    ['203', '203/EXEC'],
    ['status=203/EXEC', '203/EXEC'],
    ['EXIT_EXEC', '203/EXEC'],
    ['sigkill', 'SIGKILL'],
    ['9/KILL', 'SIGKILL'],
    ["'start-limit-hit'", 'start-limit-hit'],
    ['Switch_Root', 'switch root'],
    ['initramfs', 'initrd'],
    ['usrmerge', 'usr-merge'],
  ])('%s is %s', (word, term) => {
    expect(findTerm(word, terms)?.term).toBe(term);
  });

  test('cover every exit status that systemd gives', () => {
    const unused = new Set([223, 234]);
    for (let status = 200; status <= 245; status++)
      expect(findTerm(String(status), terms) !== undefined, String(status)).toBe(!unused.has(status));
  });
});

describe('pages', () => {
  const pages = [...loaded.map(({id, content}) => rulePage(id, content, builtinRules())), ...terms.map(termPage)];

  test('have no residue of templates', () => {
    const text = pages
      .map(page => renderPageText(page, plain))
      .join('\n')
      .split('\n');
    const words = text.filter(line => !line.startsWith('  │') && !/`[^`]*\{/.test(line));
    expect(
      words.filter(line => /(?<!\$)\{\w+(?:\|[^}]*)?\}|\bundefined\b(?![ -]behaviour)|\[object/.test(line)),
    ).toEqual([]);
  });

  test('fit the columns, but for lines of logs, commands and addresses', () => {
    const long = pages
      .flatMap(page => renderPageText(page, plain).split('\n'))
      .filter(line => line.length > 80 && !/^ {2}│|^ {7}|:\/\//.test(line));
    expect(long).toEqual([]);
  });

  test('are Markdown whose fences are closed', () => {
    for (const page of pages) {
      const fences = renderPageMarkdown(page, {level: 2})
        .split('\n')
        .filter(line => /^ *```/.test(line));
      expect(fences.length % 2, page.title).toBe(0);
    }
  });

  test('let no text become markup', () => {
    expect(literally('a*b_c <script> [x](y) `a*b` | #1')).toBe('a\\*b\\_c \\<script\\> \\[x\\](y) `a*b` \\| \\#1');
  });
});
