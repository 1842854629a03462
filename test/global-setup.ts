import {execFileSync} from 'node:child_process';

/** Compiles the rules and builds the program and the library, so that no test ever runs on yesterday's. */
export default function setup(): void {
  for (const step of [['scripts/build.mjs'], ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json']])
    execFileSync(process.execPath, step, {stdio: 'inherit'});
}
