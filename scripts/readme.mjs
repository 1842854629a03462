// Puts the program's real output into README.md, below each <!-- whyboot ARGUMENTS -->: node scripts/readme.mjs
import {spawnSync} from 'node:child_process';
import {readFileSync, writeFileSync} from 'node:fs';
import {argv, execPath} from 'node:process';
import {fileURLToPath} from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const block = /(<!-- whyboot (.+) -->\n```\n)[\s\S]*?(\n?```\n)/g;

/** The text with what the program prints today. */
export function withOutput(text) {
  return text.replace(
    block,
    (_all, before, args, after) => `${before}${outputOf(args.split(' '))}\n${after.trimStart()}`,
  );
}

function outputOf(args) {
  const {stdout} = spawnSync(execPath, ['bin/run.js', '--no-color', ...args], {cwd: root, encoding: 'utf8'});
  return stdout.trimEnd();
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  const file = `${root}README.md`;
  writeFileSync(file, withOutput(readFileSync(file, 'utf8')));
}
