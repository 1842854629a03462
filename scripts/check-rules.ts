/** Validates the rule files and runs the tests inside them: `npm run rules:check [-- DIRECTORY]`. */

import {checkRules} from '../src/authoring/check.js';
import {formatProblem} from '../src/model/errors.js';

const directory = process.argv[3] ?? 'rules';
const {problems, rules, lines} = await checkRules(directory);
for (const problem of problems) console.error(formatProblem(problem));
if (problems.length > 0) {
  console.error(`${problems.length} ${problems.length === 1 ? 'problem' : 'problems'} in ${directory}`);
  process.exitCode = 1;
} else {
  console.log(`no problems in ${directory}: ${rules} rules, ${lines} test lines`);
}
