/**
 * What a capture tool, not a journal, wrote its date before: the kernel's stamp, a status field, a container's stream, a whole
 * line of a journal.
 */
const captured =
  /^(?:\[ *\d+\.\d{3,6}\]|\[(?: {2}OK {2}|FAILED|DEPEND| TIME | SKIP |ASSERT|[ *]{6})\]| {2}|(?:stdout|stderr) [FP] |<\d{1,3}>|\p{L}{3} {1,2}\d{1,2} \d\d:\d\d:\d\d|\d{4}-\d\d-\d\d[T ]\d\d:)/u;

/** Whether what follows a date is a line in itself. */
export function isCaptured(rest: string): boolean {
  return captured.test(rest);
}
