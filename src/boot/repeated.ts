import type {Waiting} from '../model/boot.js';
import type {Entry, Recent} from '../model/entry.js';
import type {Evidence} from '../model/report.js';

/** How near the end of a capture words have to be repeated for the boot to be stuck there. */
const linesOfWait = 12;
/** So few lines may follow the last repetition. */
const linesAfter = 3;
/** Words of what waits or tries again. `ready` may be part of a name: `readyForMount=false`. */
const tellsOfWait =
  /\b(?:waiting|waits? for|retry(?:ing)?|trying again|not (?:yet )?(?:ready|available))\b|ready\w{0,20}\s?[=:]\s?(?:false|no|0)\b|\/scripts\/local-block|IP-Config: \S+ hardware address/i;
/** Programs of the initrd, in a capture that does not show where it is. */
const ofInitrd = /^(?:dracut|initramfs|initqueue)/;
/** A time of the program's own before its words. */
const ownTime = /^\d{4}[-/]\d\d[-/]\d\d[ T]\d\d:\d\d:\d\d(?:\.\d+)?\s+/;

/**
 * What a program of the initrd waits for: words that it repeats up to the end of the capture, numbers aside. `end`: the
 * line with which the capture ends.
 */
export function repeatedAtEnd(
  recent: Recent,
  end: number,
  isInInitrd: boolean,
  evidenceOf: (entry: Entry) => Evidence,
): Waiting[] {
  const entries: Entry[] = [];
  recent(
    end - linesOfWait,
    entry => {
      if (tellsOfWait.test(entry.message)) entries.push(entry);
      return true;
    },
    raw => tellsOfWait.test(raw),
  );
  const [last] = entries;
  if (last === undefined || end - last.line > linesAfter) return [];
  if (!isInInitrd && !ofInitrd.test(last.identifier ?? '')) return [];
  const words = wordsOf(last);
  if (entries.filter(entry => wordsOf(entry) === words).length < 2) return [];
  const subject = last.message.replace(ownTime, '').trim();
  return [{subject, spent: null, evidence: evidenceOf(last), isRepeated: true}];
}

function wordsOf({message}: Entry): string {
  return message.replace(/\d+/g, '0');
}
