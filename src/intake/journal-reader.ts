import type {Entry} from '../model/entry.js';
import {InputError} from '../model/errors.js';
import {createDraft} from './formats/format.js';
import {fillFromFields} from './formats/journal-fields.js';
import {openJournalFile} from './journal-file/index.js';

/** A journal file is read as a whole: its objects refer to one another. journald keeps one to 128 MiB by default. */
const largestFile = 1 << 30;

/** Entries of a binary journal file, once all its bytes are there. */
export interface JournalReader {
  push(chunk: Uint8Array): void;
  /** Reads it. Throws InputError for a file that is too large, or no journal. */
  end(): Promise<void>;
  /** Entries read. */
  readonly lines: number;
  /** Something in it is damaged, and was passed over. */
  readonly cut: boolean;
}

export function createJournalReader(name: string, emit: (entry: Entry) => void): JournalReader {
  const chunks: Uint8Array[] = [];
  let length = 0;
  let entries = 0;
  let isDamaged = false;
  return {
    push(chunk) {
      length += chunk.byteLength;
      if (length > largestFile)
        throw new InputError(`${name}: this journal file is larger than 1 GiB; use journalctl --file`);
      chunks.push(chunk);
    },
    async end() {
      const file = await openJournalFile(Buffer.concat(chunks), name);
      for (const journalEntry of file.entries()) {
        const draft = createDraft(++entries, '');
        draft.format = 'journal-file';
        fillFromFields(journalEntry.fields(), draft);
        emit(draft);
      }
      isDamaged = file.notices().length > 0;
    },
    get lines() {
      return entries;
    },
    get cut() {
      return isDamaged;
    },
  };
}
