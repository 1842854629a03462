/** Units as messages name them (`name - description`, either, or cut in the middle by the console) to one name each. */
export interface UnitNames {
  /** The unit's name, or what the message has where that tells no more. */
  nameOf(subject: string): string;
  /** What was taken for a name and may be a cut form of this subject. */
  cutFormsOf(subject: string): readonly string[];
}

const ellipsis = /…|\.\.\.(?=\S)/;
const maxKept = 200;

export function createUnitNames(): UnitNames {
  /** The last ones, in full as their messages had them, and the names. */
  const known = new Map<string, string>();
  const cut = new Set<string>();
  return {
    nameOf(subject) {
      const fits = cutPattern(subject);
      if (fits === null) {
        const dash = subject.indexOf(' - ');
        const name = dash < 0 ? subject : subject.slice(0, dash);
        known.set(subject, name);
        forget(known);
        return name;
      }
      for (const full of [...known.keys()].reverse()) if (fits(full)) return known.get(full) ?? full;
      cut.add(subject);
      forget(cut);
      return subject;
    },
    cutFormsOf: subject => [...cut].filter(each => cutPattern(each)?.(subject) === true),
  };
}

/** Whether a text can be what was cut; null for a subject that is whole. */
function cutPattern(subject: string): ((full: string) => boolean) | null {
  const parts = subject.split(ellipsis);
  if (parts.length < 2) return null;
  const [head = '', tail = ''] = [parts[0], parts.at(-1)];
  const middle = parts.slice(1, -1);
  return full => {
    if (full.length < head.length + tail.length || !full.startsWith(head) || !full.endsWith(tail)) return false;
    return middle.every(part => full.includes(part));
  };
}

function forget(kept: Map<string, string> | Set<string>): void {
  if (kept.size > maxKept) kept.delete(kept.keys().next().value ?? '');
}
