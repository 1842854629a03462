import {stripControls} from '../clean.js';
import {type Draft, parseKernelMessage} from './format.js';
import {levelOf} from './kernel.js';

/** An object of dmesg -J: `{"pri": 6, "time": 0.000000, "msg": "…"}`. Source: util-linux, sys-utils/dmesg.c. */
export function isDmesgRecord(object: Readonly<Record<string, unknown>>): boolean {
  return typeof object['msg'] === 'string' && 'pri' in object && !('MESSAGE' in object);
}

/** The priority is a number, with the facility in it, or with -x a name. */
export function parseDmesgRecord(object: Readonly<Record<string, unknown>>, draft: Draft): true {
  const {pri, time, msg, caller} = object;
  const message = stripControls(String(msg).trimEnd()).replace(/\n/g, ' ');
  parseKernelMessage(message, draft);
  draft.kind = 'entry';
  draft.text = draft.kernel ? `kernel: ${message}` : message;
  if (typeof time === 'number') draft.timeUs = Math.round(time * 1_000_000);
  if (typeof caller === 'string') draft.caller = caller;
  if (typeof pri === 'number') draft.priority = pri & 7;
  else if (typeof pri === 'string') draft.priority = levelOf(pri);
  return true;
}
