import {readdir, readFile} from 'node:fs/promises';
import path from 'node:path';
import {parse} from 'yaml';
import type {Link, Page} from './page.js';

/** A word of the trade, from a file in terms/. */
export interface Term {
  readonly term: string;
  /** What kind of thing it is: the `kind` of its file. */
  readonly kind: string;
  /** Other ways to write it. */
  readonly also?: readonly string[];
  readonly means: string;
  /** Terms and rules to look at next. */
  readonly see?: readonly string[];
  readonly references?: readonly Link[];
}

/** One file of terms/. */
interface TermFile {
  readonly kind: string;
  readonly terms: readonly Omit<Term, 'kind'>[];
}

/** All terms, in the order of their files. */
export async function loadTerms(directory: string): Promise<Term[]> {
  const names = (await readdir(directory)).filter(name => name.endsWith('.yaml')).sort();
  const files = await Promise.all(
    names.map(async name => parse(await readFile(path.join(directory, name), 'utf8')) as TermFile),
  );
  return files.flatMap(({kind, terms}) => terms.map(term => ({...term, kind})));
}

/** The term that is written so, in capitals or not: `203`, `status=203/EXEC`, `sigkill`. */
export function findTerm(word: string, terms: readonly Term[]): Term | undefined {
  const wanted = normalize(word);
  return terms.find(({term, also = []}) => [term, ...also].some(name => normalize(name) === wanted));
}

/** Every way to write a term. */
export function namesOf(terms: readonly Term[]): string[] {
  return terms.flatMap(({term, also = []}) => [term, ...also]);
}

function normalize(word: string): string {
  return word
    .toLowerCase()
    .replace(/^(?:status|code|result)=(?=.)/, '')
    .replace(/^'|'$/g, '')
    .replace(/[\s_-]+/g, ' ')
    .trim();
}

export function termPage({term, kind, also = [], means, see = [], references = []}: Term): Page {
  return {
    title: term,
    facts: [kind, ...(also.length === 0 ? [] : [`also ${also.join(', ')}`])],
    sections: [
      {
        heading: '',
        blocks: means
          .trim()
          .split(/\n+/)
          .map(text => ({kind: 'text' as const, text})),
      },
      ...(see.length === 0 ? [] : [{heading: 'See also', blocks: [{kind: 'names' as const, names: see}]}]),
      ...(references.length === 0
        ? []
        : [{heading: 'Read more', blocks: [{kind: 'links' as const, links: references}]}]),
    ],
  };
}
