/**
 * Dates as strftime(3) writes them in the reader's language. `%b` is a word mostly (`Nov`, `nov.`, `févr.`, `marras`,
 * `พ.ย.`), two in Catalan (`de nov.`, `d’abr.`), a number in East Asia (`11月`, ` 1월`). All of glibc's languages but those that write a
 * month as two words in Arabic or as one letter.
 */
export const month = String.raw`(?: ?\d{1,2}[月월]|(?:de |d’)?\p{L}[\p{L}\p{M}.-]{1,9})`;
/** `%a`: `Sun`, `dim.`, `日`. */
export const weekday = String.raw`[\p{L}\p{M}][\p{L}\p{M}.’-]{0,9}`;

/** dmesg --time-format iso: a comma before the µs, and no host behind it. Source: util-linux, sys-utils/dmesg.c. */
export const dmesgIso = /^\d{4}-\d\d-\d\dT\S{8},\d{6}[+-]\d\d:\d\d /;

const english = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');

/** 0 to 11; 0 where the language is not known: then only times of one month can be compared. */
export function monthNumber(name: string): number {
  const number = Number.parseInt(name, 10);
  return number >= 1 ? number - 1 : Math.max(0, english.indexOf(name.slice(0, 3).toLowerCase()));
}

/** µs since 1970. */
export function wallUs(
  year: number,
  month: number,
  day: string | undefined,
  hour: string | undefined,
  minute: string | undefined,
  second: string | undefined,
  fraction: string | undefined,
): number {
  const seconds = Date.UTC(year || 2000, month, Number(day), Number(hour), Number(minute), Number(second)) / 1000;
  return seconds * 1_000_000 + (fraction === undefined ? 0 : Number(fraction.padEnd(6, '0')));
}
