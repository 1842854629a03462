import type {LineCutter} from './lines.js';
import {type Positions, reorderedLines} from './positions.js';
import {inOrderLogged} from './pstore.js';
import type {Reader} from './readers.js';

/** What pstore keeps is small; more bytes are no dump, and are read as they come. */
const longestDump = 1 << 24;

/** Puts the parts of a dump in order before a reader of text gets them: that needs the end of the source. */
export function pstoreReader(text: Reader): Reader {
  let chunks: Uint8Array[] = [];
  let length = 0;
  let positions: Positions | undefined;
  let lines = 0;

  function pass(): void {
    for (const chunk of chunks) text.cutter.push(chunk);
    chunks = [];
  }

  function passInOrder(): void {
    const all = Buffer.concat(chunks).toString('latin1').split('\n');
    if (all.at(-1) === '') all.pop();
    lines = all.length;
    const logged = inOrderLogged(all);
    positions = reorderedLines(logged.map(({number}) => number));
    chunks = [Buffer.from(logged.map(line => `${line.text}\n`).join(''), 'latin1')];
    pass();
  }

  const cutter: LineCutter = {
    push(chunk) {
      chunks.push(chunk);
      length += chunk.byteLength;
      if (length > longestDump) pass();
    },
    end: () => text.cutter.end(),
    get lines() {
      return positions === undefined ? text.cutter.lines : lines;
    },
    get cut() {
      return text.cutter.cut;
    },
  };
  return {
    cutter,
    recent: text.recent,
    form: 'pstore',
    notices: () => text.notices?.() ?? [],
    get positions() {
      return positions;
    },
    get last() {
      return text.cutter.lines;
    },
    async end() {
      if (length <= longestDump) passInOrder();
      await text.end();
    },
  };
}
