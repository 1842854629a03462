/** What a phone's kernel put before a message: on which processor, and for which task. */
export interface TaskColumns {
  /** As printk.caller would have it. */
  readonly caller: string;
  /** How much of the message they are. */
  readonly length: number;
}

/**
 * Columns that vendors of phones add to printk: Google's and Qualcomm's `c5   1234 `, Samsung's `[4:  kworker/4:1:  233] `,
 * MediaTek's `(2)[233:init]` with a sign for the state of interrupts before it, HiSilicon's `[pid:1,cpu0,swapper/0]`.
 */
const forms = [
  /^c(?<cpu>\d{1,2}) {1,8}(?<pid>\d{1,7}) /,
  /^ ?\[(?<cpu>\d{1,2}): {0,20}[^\]]{1,24}: {0,8}(?<pid>\d{1,7})\] ?/,
  /^ {0,2}(?:<\d>)?[-.*]?\((?<cpu>\d{1,2})\)\[(?<pid>\d{1,7}):[^\]]{1,24}\] ?/,
  /^\[pid:(?<pid>\d{1,7}),cpu(?<cpu>\d{1,2}),[^\]]{1,24}\] ?/,
];

const firsts = new Set([...'c[ <-.*('].map(character => character.charCodeAt(0)));

/** The columns at the beginning of a message; null for most. */
export function readTaskColumns(message: string): TaskColumns | null {
  if (!firsts.has(message.charCodeAt(0))) return null;
  for (const form of forms) {
    const match = form.exec(message);
    if (match === null) continue;
    const {cpu, pid} = match.groups as {cpu: string; pid: string};
    return {caller: pid === '0' ? `C${cpu}` : `T${pid}`, length: match[0].length};
  }
  return null;
}
