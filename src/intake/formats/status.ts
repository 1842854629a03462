import type {TextFormat} from './format.js';

const tag = /^\[ ?((?: {2}OK {2}| OK |FAILED|DEPEND| ?TIME ?| ?SKIP ?| ?INFO ?| ?ONCE ?|ASSERT|UNSUPP|FROZEN| {2}!! {2}|!!!!!!)) ?\] ?/;
const begun = /^ {6,}(?=(?:Starting|Stopping|Mounting|Unmounting|Activating|Deactivating|Expecting|Reloading) )/;
const moving = /^\[[ *]{6}\] (?=\S)/;

/**
 * Status lines that PID 1 writes to the console: `[  OK  ] Started …`, `[FAILED] …`, `         Starting …` and the moving
 * stars of a running job. Source: systemd's src/core/job.c, src/core/manager.c, src/shared/show-status.
 */
export const statusFormat: TextFormat = {
  name: 'console',
  parse(line) {
    const match = tag.exec(line);
    if (match !== null) return {message: line.slice(match[0].length).trimEnd(), status: (match[1] as string).trim()};
    const starts = begun.exec(line);
    if (starts !== null) return {message: line.slice(starts[0].length).trimEnd(), status: ''};
    const job = moving.exec(line);
    return job === null ? null : {message: line.slice(job[0].length).trimEnd(), status: '*'};
  },
};
