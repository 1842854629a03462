import {join, newUnit, type Tracked} from './tracked-unit.js';
import {wellKnownUnit} from './well-known-units.js';

/** The units of one boot by name and by description, either of which the console may cut. */
export interface UnitNames {
  /** The unit that a message is about; one that was not heard of before is begun. `subject`: name, description, or both. */
  resolve(subject: string): Tracked;
  /** The same without beginning one. */
  find(subject: string): Tracked | null;
  isKnown(name: string): boolean;
  isDescribed(description: string): boolean;
  create(name: string, description: string | null): Tracked;
  /** Its first description is kept. */
  describe(unit: Tracked, description: string): void;
  /** A unit that was known by its description turns out to be `unit`. */
  describeAs(unit: Tracked, description: string): void;
  isCut(unit: Tracked): boolean;
  /** Where `name` may be what the console cut, the unit gets it. */
  complete(unit: Tracked, name: string): Tracked;
  /** Gives a unit its right name; the unit that is left where two were the same. */
  settle(unit: Tracked, name: string): Tracked;
  /** Joins units whose name was cut with the full ones. */
  joinCut(): void;
  all(): IterableIterator<Tracked>;
  /** All but units whose name was cut where the full one is known. */
  distinct(): Tracked[];
}

const unitSuffix = /\.(?:service|mount|socket|target|device|swap|automount|path|timer|scope|slice)$/;

/** Whether it is a unit's name, and no description. */
export function isUnitName(subject: string): boolean {
  return unitSuffix.test(subject);
}

export function createUnitNames(): UnitNames {
  const units = new Map<string, Tracked>();
  const byDescription = new Map<string, Tracked>();
  /** Units whose name or description the console cut. */
  const cut = new Set<Tracked>();

  function create(name: string, description: string | null): Tracked {
    const unit = newUnit(name);
    units.set(name, unit);
    if (description !== null) describe(unit, description);
    return unit;
  }

  function describe(unit: Tracked, description: string): void {
    if (unit.description !== null || description.includes('…')) return;
    unit.description = description;
    if (!byDescription.has(description)) byDescription.set(description, unit);
  }

  function resolve(subject: string): Tracked {
    const {name, description} = partsOf(subject);
    const known = units.get(name) ?? byDescription.get(subject);
    if (known !== undefined) {
      if (description !== null) describe(known, description);
      return known;
    }
    const isCut = subject.includes('…') || /\S\.\.\.\S/.test(subject);
    const full = isCut ? findFull(subject) : null;
    if (full !== null) return full;
    const wellKnown = description === null && !isUnitName(subject) ? wellKnownUnit(subject) : null;
    if (wellKnown !== null) {
      const unit = units.get(wellKnown) ?? create(wellKnown, null);
      describe(unit, subject);
      return unit;
    }
    const unit = create(name, description);
    if (isCut) cut.add(unit);
    return unit;
  }

  /** The unit whose `name - description` begins and ends as the cut subject does. */
  function findFull(subject: string): Tracked | null {
    const [head, tail] = subject.split(/…|\.\.\.(?=\S)/, 2) as [string, string | undefined];
    for (const unit of units.values()) {
      if (cut.has(unit)) continue;
      const full = subjectOf(unit);
      if (full.length >= subject.length && full.startsWith(head) && full.endsWith(tail ?? '')) return unit;
    }
    return null;
  }

  /** Of a unit whose name was cut the one with the full name. */
  function fullOf(unit: Tracked): Tracked | null {
    const full = findFull(subjectOf(unit));
    return full === unit ? null : full;
  }

  function settle(unit: Tracked, name: string): Tracked {
    const known = units.get(name);
    units.delete(unit.name);
    cut.delete(unit);
    if (known === undefined) {
      unit.name = name;
      units.set(name, unit);
      return unit;
    }
    join(known, unit);
    return known;
  }

  return {
    create,
    describe,
    resolve,
    settle,
    find: subject =>
      units.get(partsOf(subject).name) ??
      byDescription.get(subject) ??
      (subject.includes('…') ? findFull(subject) : null),
    isKnown: name => units.has(name),
    isDescribed: description => byDescription.has(description),
    describeAs(unit, description) {
      const unnamed = units.get(description);
      if (unnamed !== undefined) {
        units.delete(description);
        join(unit, unnamed);
      }
      describe(unit, description);
    },
    isCut: unit => cut.has(unit),
    complete(unit, name) {
      const [head = '', tail = ''] = unit.name.split('…');
      const mayBe = isUnitName(name) && name.startsWith(head);
      const endsAlike = !unit.name.includes('…') || name.endsWith(tail) || !isUnitName(unit.name);
      return mayBe && endsAlike ? settle(unit, name) : unit;
    },
    joinCut() {
      for (const unit of cut) {
        const full = fullOf(unit);
        if (full === null) continue;
        units.delete(unit.name);
        join(full, unit);
      }
      cut.clear();
    },
    all: () => units.values(),
    distinct: () => [...units.values()].filter(unit => !cut.has(unit) || fullOf(unit) === null),
  };
}

/** `foo.service - Foo`, or one of the two. */
function partsOf(subject: string): {name: string; description: string | null} {
  const dash = subject.indexOf(' - ');
  return dash < 0
    ? {name: subject, description: null}
    : {name: subject.slice(0, dash), description: subject.slice(dash + 3)};
}

function subjectOf({name, description}: Tracked): string {
  return description === null ? name : `${name} - ${description}`;
}
