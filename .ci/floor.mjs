// Compares what the scorer printed with the floor for its set: node .ci/floor.mjs SET OUTPUT_FILE
import {readFileSync} from 'node:fs';

const [set, file] = process.argv.slice(2);
const floor = JSON.parse(readFileSync(new URL('floor.json', import.meta.url), 'utf8'))[set];
const output = readFileSync(file, 'utf8');

/** `what: n/of`, as a share; 1 where there was nothing to judge. */
function share(what) {
  const [, right, of] = output.match(new RegExp(`${what}: (\\d+)/(\\d+)`)) ?? [];
  if (of === undefined) throw new Error(`the scorer does not say "${what}"`);
  return of === '0' ? 1 : right / of;
}

const figures = {
  rootCauseFirst: share('root cause first'),
  quietOnHealthy: share('quiet on healthy'),
  outcomeRight: share('outcome right'),
  rootCausesPerLog: Number(output.match(/([\d.]+) root causes a log/)?.[1]),
};

for (const [name, limit] of Object.entries(floor)) {
  const holds = name === 'rootCausesPerLog' ? figures[name] <= limit : figures[name] >= limit;
  console.log(`${set}: ${name} ${figures[name].toFixed(3)}, ${holds ? 'within' : 'PAST'} the limit of ${limit}`);
  if (!holds) process.exitCode = 1;
}
