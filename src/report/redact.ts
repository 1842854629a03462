import type {Entry} from '../model/entry.js';
import type {Redacted, Report} from '../model/report.js';
import type {Rule} from '../model/rule.js';
import {hideCut} from './redaction/cut.js';
import {isPlaceholder, type Kind, kinds} from './redaction/kinds.js';
import {places} from './redaction/places.js';
import type {Shape} from './redaction/shape.js';
import {shapes} from './redaction/shapes.js';

/**
 * Hides who and where: names of hosts, users and networks, addresses, ids, serial numbers and secrets. The same thing has
 * the same name in all that one redactor is given: `host-1`, `ipv4-2`. docs/redaction.md says what it does not find.
 */
export interface Redactor {
  report(report: Report): Report;
  text(text: string): string;
  /** Takes names from an entry of the log, so that they are known where they stand in a report without what tells them. */
  learn(entry: Pick<Entry, 'text' | 'fields'>): void;
}

/** Properties that are not words of a log, or have to stay: fingerprints hold neither hosts nor times. */
const constants: ReadonlySet<string> = new Set([
  'schema',
  'tool',
  'formats',
  'kernel',
  'outcome',
  'phases',
  'phase',
  'rule',
  'severity',
  'confidence',
  'result',
  'references',
  'risk',
  'kind',
  'redactions',
]);

/** Different things of a kind that are kept in mind and hidden wherever they stand. */
const mostWords = 500;
/** A shorter word is hidden only where something says what it is. */
const shortestWord: Readonly<Partial<Record<Kind, number>>> = {host: 3, user: 3, wifi: 3, serial: 6, secret: 6};

/** `rules`: their words are everyday words, and no names where they stand alone. */
export function createRedactor(rules: readonly Rule[] = []): Redactor {
  let ordinary: ReadonlySet<string> | null = null;
  const numbers = new Map<Kind, Map<string, number>>();
  /** Names that were told somewhere, in small letters, and their kind. */
  const words = new Map<string, Kind>();
  const domains = new Set<string>();
  const perKind = new Map<Kind, number>();
  /** What was hidden as it stood, so that what is left of it in a cut text can be told. */
  const asFound = new Map<string, Kind>();
  let finder: RegExp | null = null;
  let counts = new Map<Kind, {count: number; different: Set<number>}>();

  function nameOf(kind: Kind, found: string): string {
    if (asFound.size < 4 * mostWords && found.length > 4) asFound.set(found, kind);
    const known = numbers.get(kind) ?? new Map<string, number>();
    numbers.set(kind, known);
    const key = keyOf(kind, found);
    const number = known.get(key) ?? known.size + 1;
    known.set(key, number);
    const counted = counts.get(kind) ?? {count: 0, different: new Set()};
    counted.count++;
    counted.different.add(number);
    counts.set(kind, counted);
    return `${kind}${found.includes('\\x2d') ? '\\x2d' : '-'}${number}`;
  }

  const isOrdinary = (word: string): boolean => {
    ordinary ??= wordsOf(rules);
    return ordinary.has(word.toLowerCase());
  };

  const isMeant = ({holds, loose}: Shape, found: string, text: string, at: number): boolean =>
    !isPlaceholder(found) &&
    !(loose === true && isOrdinary(found)) &&
    (holds === undefined || holds(found, text.slice(Math.max(0, at - 60), at)));

  function remember(kind: Kind, found: string): void {
    const name = kind === 'host' ? (found.split('.')[0] as string) : found;
    const domain = kind === 'host' ? found.slice(name.length + 1).toLowerCase() : '';
    if (domain.includes('.') && !domains.has(domain) && domains.size < mostWords) {
      domains.add(domain);
      finder = null;
    }
    const word = plain(name);
    const count = perKind.get(kind) ?? 0;
    if (name.length < (shortestWord[kind] ?? 3) || words.has(word) || count >= mostWords) return;
    if (isOrdinary(name) || isPlaceholder(name) || /^\d{1,5}$/.test(name)) return;
    words.set(word, kind);
    perKind.set(kind, count + 1);
    finder = null;
  }

  function learnText(text: string): void {
    const small = text.toLowerCase();
    for (const place of places) {
      if (place.local === true || !isNear(place, small)) continue;
      for (const match of matchesOf(place.find, text)) {
        const found = match[1] ?? match[0];
        if (isMeant(place, found, text, match.index + match[0].length - found.length)) remember(place.kind, found);
      }
    }
  }

  function hide(text: string, some: readonly Shape[]): string {
    const small = text.toLowerCase();
    let hidden = text;
    for (const shape of some) {
      if (!isNear(shape, small)) continue;
      hidden = hidden.replace(shape.find, (match: string, ...rest: (string | number)[]) => {
        const found = typeof rest[0] === 'string' ? rest[0] : match;
        const before = match.slice(0, match.length - found.length);
        const at = rest.find(each => typeof each === 'number') as number;
        return isMeant(shape, found, hidden, at + before.length) ? before + nameOf(shape.kind, found) : match;
      });
    }
    return hidden;
  }

  function hideWords(text: string): string {
    finder ??= finderOf([...words.keys()], [...domains]);
    if (finder === null) return text;
    return text.replace(finder, (found: string, at: number) => {
      if (isPlaceholder(found) || isTaken(text, at, at + found.length)) return found;
      const word = plain(found);
      const kind = words.get(word);
      if (kind !== undefined) return nameOf(kind, found);
      return domains.has(word) ? nameOf('domain', found) : nameOf('host', found);
    });
  }

  function text(given: string): string {
    learnText(given);
    const hidden = hideWords(hide(hide(hide(given, placesOfSecrets), shapes), otherPlaces));
    return hideCut(hidden, asFound.keys(), found => nameOf(asFound.get(found) as Kind, found));
  }

  return {
    text,
    learn({text: line, fields}) {
      const host = fields?.['_HOSTNAME'];
      if (host !== undefined && host !== 'localhost' && !words.has(host.toLowerCase())) remember('host', host);
      learnText(line);
    },
    report(report) {
      // Twice: a name may be told only after it was said, and stand whole only after it was cut.
      mapTexts(report, text);
      counts = new Map();
      const redacted = mapTexts(report, text) as Report;
      const redactions: Redacted[] = [...counts].map(([kind, {count, different}]) => ({
        kind: kinds[kind],
        count,
        different: different.size,
      }));
      const {boots, ...facts} = redacted;
      return {
        ...facts,
        redactions: redactions.sort((a, b) => b.count - a.count || (a.kind < b.kind ? -1 : 1)),
        // An id has the form that the schema promises.
        boots: boots.map(boot => (boot.id === null ? boot : {...boot, id: paddedId(boot.id)})),
      };
    },
  };
}

/** A password may look like an address; an address may be where a name stands. */
const placesOfSecrets = places.filter(({kind}) => kind === 'secret' || kind === 'serial');
const otherPlaces = places.filter(({kind}) => kind !== 'secret' && kind !== 'serial');

function matchesOf(find: RegExp, text: string): Iterable<RegExpExecArray> {
  if (find.global) return text.matchAll(find);
  const match = find.exec(text);
  return match === null ? [] : [match];
}

function isNear({near}: Shape, small: string): boolean {
  return near.some(word => small.includes(word));
}

/** In what different writings of one thing agree. */
function keyOf(kind: Kind, found: string): string {
  const same = plain(found);
  switch (kind) {
    case 'host':
      return same.split('.')[0] as string;
    case 'mac':
      return same.replace(/[^\da-f]/g, '');
    case 'uuid':
      return same.replace(/[^\da-z]/g, '');
    case 'secret':
    case 'user':
      return found;
    default:
      return same;
  }
}

/** In small letters, without what systemd-escape(1) and device-mapper do to a hyphen. */
function plain(found: string): string {
  return found
    .replace(/(?:\\x2d)+/g, '-')
    .replace(/--+/g, '-')
    .toLowerCase();
}

/** A unit or a program that is called like a host: `zeus.service`, `zeus[411]:`. */
function isTaken(text: string, start: number, end: number): boolean {
  const isAlone = start === 0 || /[\s'"(/]/.test(text.charAt(start - 1));
  return (
    isAlone && /^(?:\.(?:service|socket|target|timer|path|slice|scope)\b|\[\d{1,7}\])/.test(text.slice(end, end + 12))
  );
}

/** Finds words, whole; hosts also below the domains that are known. */
function finderOf(words: readonly string[], domains: readonly string[]): RegExp | null {
  if (words.length + domains.length === 0) return null;
  const pattern = (word: string): string =>
    word.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&').replace(/-/g, '(?:-{1,2}|\\\\x2d(?:\\\\x2d)?)');
  const longestFirst = (a: string, b: string): number => b.length - a.length;
  const ofDomains = domains.toSorted(longestFirst).map(domain => `(?:[a-z\\d-]{1,63}\\.){0,4}${pattern(domain)}`);
  const all = [...ofDomains, ...words.toSorted(longestFirst).map(pattern)];
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${all.join('|')})(?![\\p{L}\\p{N}])`, 'giu');
}

/** Words of the trade: those that rules use, and names that machines have by default. */
function wordsOf(rules: readonly Rule[]): Set<string> {
  const defaults =
    'linux debian ubuntu fedora centos rocky alma redhat rhel suse opensuse arch archlinux manjaro gentoo nixos alpine yocto poky raspberrypi raspberry ostree coreos flatcar core vagrant admin administrator test guest demo user ec2-user cloud-user pi live liveuser root localhost host domain serial email secret uuid wifi ipv4 ipv6 mac server client node machine computer laptop desktop';
  const texts = rules.flatMap(({title, match, words}) => {
    const {explain, because, fix} = words();
    return [
      title,
      explain,
      ...because.map(({say}) => say),
      ...fix.flatMap(each => [each.do, each.command ?? '']),
      ...match.map(({text}) => text ?? ''),
    ];
  });
  return new Set(
    [defaults, ...texts]
      .join(' ')
      .toLowerCase()
      .match(/[\p{L}][\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)*/gu),
  );
}

/** The same value with its texts changed, those of properties that are constant left out. */
function mapTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map(each => mapTexts(each, change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, constants.has(name) ? each : mapTexts(each, change)]),
  );
}

function paddedId(id: string): string {
  return (/\d+$/.exec(id)?.[0] ?? '').padStart(32, '0');
}
