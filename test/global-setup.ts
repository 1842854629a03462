import {execFileSync} from 'node:child_process';

/** Compiles the rules and builds the program, so that no test ever runs on yesterday's. */
export default function setup(): void {
  execFileSync(process.execPath, ['scripts/build.mjs'], {stdio: 'inherit'});
}
