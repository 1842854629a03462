/** What a program says when it gives up, rather than when something went wrong on the way: levels of its logger, glog's F. */
const gaveUp =
  /^(?:F\d{4} \d\d:|fatal(?: error)?\b|panic: )|\b(?:level|lvl|severity)="?(?:fatal|panic|critical|emergency)\b|\bFATAL?\b|\bPANIC\b|\bCRITICAL\b|\[(?:emerg|alert|crit)\]|\bpanicked at\b/i;
/** A last line of a Python, Java or Node.js stack trace; the first only says that one follows. */
const thrown = /^(?:\w+\.)*[A-Z]\w*(?:Error|Exception|Exit)\b|^Caused by: /;
/** It says itself that it goes on, that this is no error of its own, or that the reason follows. */
const goesOn =
  /\bignor(?:e|ed|ing)\b|\bskipp(?:ed|ing)\b|\bwarn(?:ing)?\b|\bretry(?:ing)?\b|\bcontinuing\b|\bfall(?:ing|s)? ?back\b|\bdeprecated\b|\blevel="?(?:debug|info|notice|warn)|^[IWD]\d{4} \d\d:|\bTraceback \(|\bDEBUG\b|\bINFO\b/i;

/**
 * Which of the abnormal lines of a program that failed tells best why: what it said when it gave up, else the first that it
 * did not shrug off. The index.
 */
export function gravest(messages: readonly string[]): number {
  const end = messages.findIndex(message => gaveUp.test(message));
  if (end >= 0) return end;
  const error = messages.findIndex(message => thrown.test(message));
  if (error >= 0 && /^Traceback \(|^\s+at |^Exception in /.test(messages[0] ?? '')) return error;
  const first = messages.findIndex(message => !goesOn.test(message));
  return first < 0 ? 0 : first;
}
