/** Writes what is made of rules and terms: docs/rules/, docs/terms.md, schema/rule.schema.json. `npm run docs` */
import {mkdir, readdir, rm, writeFile} from 'node:fs/promises';
import {documentsOf} from '../src/reference/documents.js';
import {loadTerms} from '../src/reference/terms.js';
import {compileRules} from '../src/rules/compile.js';
import {loadRuleDirectory} from '../src/rules/load.js';
import {ruleJsonSchema} from '../src/rules/schema.js';

const loaded = await loadRuleDirectory('rules');
const documents = documentsOf(loaded, compileRules(loaded).rules, await loadTerms('terms'));
await mkdir('docs/rules', {recursive: true});
for (const name of await readdir('docs/rules')) if (!documents.has(`rules/${name}`)) await rm(`docs/rules/${name}`);
for (const [name, text] of documents) await writeFile(`docs/${name}`, text);
await writeFile('schema/rule.schema.json', `${JSON.stringify(ruleJsonSchema(), null, 2)}\n`);
