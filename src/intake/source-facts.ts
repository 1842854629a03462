import type {SourceFile, SourcePart} from '../model/byte-source.js';
import type {Source} from '../model/report.js';
import type {Intake} from './intake.js';

/** What a report says of a part of a source. */
export function sourceOf({name, notices, journal}: SourcePart, intake: Intake): Source {
  const facts = intake.facts();
  const ofFiles = journal === undefined ? (notices?.() ?? []) : journal.flatMap(file => prefixed(file));
  const source = {name, ...facts, truncated: facts.truncated || ofFiles.length > 0, notices: ofFiles};
  return withNotices(source, facts.notices);
}

function prefixed({name, notices}: SourceFile): string[] {
  return (notices?.() ?? []).map(text => `${name}: ${text}`);
}

/** With these notices too; without any, the property is not there. */
export function withNotices({notices = [], ...source}: Source, more: readonly string[]): Source {
  const all = [...more, ...notices];
  return all.length === 0 ? source : {...source, notices: all};
}

/** Several sources as one. */
export function joined(name: string, sources: readonly Source[]): Source {
  return {
    name,
    formats: [...new Set(sources.flatMap(({formats}) => formats))],
    lines: sources.reduce((sum, {lines}) => sum + lines, 0),
    bytes: sources.reduce((sum, {bytes}) => sum + bytes, 0),
    truncated: sources.some(({truncated}) => truncated),
    ...(sources.some(({notices}) => notices !== undefined) && {
      notices: sources.flatMap(({name, notices = []}) => notices.map(text => `${name}: ${text}`)),
    }),
  };
}
