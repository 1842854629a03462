import type {TextFormat} from './format.js';

const tag =
  /^\[ ?((?: {2}OK {2}| OK |FAILED|DEPEND| ?TIME ?| ?SKIP ?| ?INFO ?| ?ONCE ?|ASSERT|UNSUPP|FROZEN| {2}!! {2}|!!!!!!)) ?\] ?/;
const begun = /^ {6,}(?=(?:Starting|Stopping|Mounting|Unmounting|Activating|Deactivating|Expecting|Reloading) )/;
const moving = /^\[[ *]{6}\] (?=\S)/;

/**
 * Status lines that PID 1 writes to the console: `[  OK  ] Started …`, `[FAILED] …`, `         Starting …` and the moving
 * stars of a running job. Source: systemd's src/core/job.c, src/core/manager.c, src/shared/show-status.
 */
export const statusFormat: TextFormat = {
  name: 'console',
  parse(line, draft) {
    const match = tag.exec(line) ?? begun.exec(line) ?? moving.exec(line);
    if (match === null) return false;
    draft.message = line.slice(match[0].length).trimEnd();
    draft.status = match[1] === undefined ? (line.charCodeAt(0) === 0x5b ? '*' : '') : match[1].trim();
    return true;
  },
};
