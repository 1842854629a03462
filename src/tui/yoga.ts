/**
 * Stands in for `yoga-layout` in the bundle (scripts/bundle-tui.mjs): the package compiles its WebAssembly while it is
 * loaded, with an `await` that a CommonJS file cannot have. Here that is done beside the reading of the log.
 */
import {loadYoga, type Yoga} from 'yoga-layout/load';

let yoga: Yoga;

/** Has to be done before Ink is used. */
export async function prepareYoga(): Promise<void> {
  yoga ??= await loadYoga();
}

export * from 'yoga-layout/load';
// biome-ignore lint/style/noDefaultExport: as the package has it
export {yoga as default};
