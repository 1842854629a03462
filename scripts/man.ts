/** Writes man/whyboot.1 from what the commands say of themselves, once oclif.manifest.json is there. */
import {mkdir, readFile, writeFile} from 'node:fs/promises';
import {commandSpecs, type Definition} from '../src/shell/commands.js';
import {manPage} from '../src/shell/man.js';
import {version} from '../src/version.js';

const {commands} = JSON.parse(await readFile('oclif.manifest.json', 'utf8')) as {commands: Record<string, Definition>};
await mkdir('man', {recursive: true});
await writeFile('man/whyboot.1', manPage(commandSpecs(Object.values(commands)), version));
