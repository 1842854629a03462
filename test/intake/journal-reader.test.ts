import {readdirSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {analyze, openSource} from '../../src/index.js';

const fixtures = join(import.meta.dirname, '../fixtures/journal');
const files = readdirSync(fixtures).filter(name => /^(?:compact|regular)-.*\.journal\.gz$/.test(name));

describe('a binary journal file', () => {
  test.each(files)('%s is known by its first bytes, and every entry of it is read', async name => {
    const {source} = await analyze(await openSource([join(fixtures, name)], process.stdin));
    expect(source).toMatchObject({formats: ['journal-file'], truncated: false});
    expect(source.lines).toBeGreaterThan(10);
  });
});
