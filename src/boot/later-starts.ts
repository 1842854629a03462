import type {Entry, Recent} from '../model/entry.js';
import {readUnitEvent} from './pid1.js';
import type {UnitTable} from './units.js';
import type {Voices} from './voices.js';

/** Of more units than these, asking each line for their names costs more than reading all that came up. */
const fewUnits = 64;
const comesUp = /Start(?:ed|ing) |Finished |Mounted |Found device |Activated swap /;

/** A unit that failed may have been started again by somebody; starts that go well are looked up only then. */
export function readLaterStarts(units: UnitTable, recent: Recent, voices: Voices): void {
  const failed = units.failed();
  if (failed.length === 0) return;
  const after = failed.reduce((line, {runs}) => Math.min(line, runs.at(-1)?.lastLine ?? 0), Number.POSITIVE_INFINITY);
  // The console may cut the names, but not their beginnings.
  const beginnings = failed.flatMap(({name, description}) => [name.slice(0, 12), description?.slice(0, 12) ?? name]);
  const isAbout = (text: string): boolean => failed.length > fewUnits || beginnings.some(begin => text.includes(begin));
  const visit = (entry: Entry): boolean => {
    const event = voices.mayBePid1(entry) ? readUnitEvent(entry.message) : null;
    if (event?.kind === 'started' || event?.kind === 'starting') {
      const isDone = event.kind === 'started' && !entry.message.startsWith('Started ');
      units.noteStart(event.subject, entry.line, isDone ? 'finished' : event.kind);
    }
    return true;
  };
  recent(after, visit, raw => isAbout(raw) && comesUp.test(raw), isAbout);
}
