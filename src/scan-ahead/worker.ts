/** What runs on the other thread: finds the lines of interest in the chunks that it is shown, until it is ended. */
import {workerData} from 'node:worker_threads';
import {createLineFinder} from '../intake/found-lines.js';
import {createScanner} from '../rules/scanner.js';
import {type Beginning, putFound, type Slot, status} from './shared.js';

const newline = 10;
const {plan, memory} = workerData as Beginning;
const find = createLineFinder(createScanner(plan.texts, plan.windows), () => []);

function answer(slot: Slot): void {
  const {bytes, numbers} = slot;
  const chunk = Buffer.from(bytes.buffer, 0, numbers[1]);
  const region = chunk.subarray(chunk.indexOf(newline), chunk.lastIndexOf(newline) + 1);
  const isPut = region.length > 0 && putFound(slot, find(region, 0));
  Atomics.store(numbers, 0, isPut ? status.found : status.failed);
  Atomics.notify(numbers, 0);
}

// The main thread waits for this change to know that questions are heard.
Atomics.add(memory.bell, 0, 1);
for (;;) {
  const rung = Atomics.load(memory.bell, 0);
  const asked = memory.slots.filter(({numbers}) => Atomics.load(numbers, 0) === status.asked);
  for (const slot of asked) answer(slot);
  if (asked.length === 0) Atomics.wait(memory.bell, 0, rung);
}
