/** Binary journal files, read natively. */
export {isJournalFile, type JournalHeader, readHeader} from './header.js';
export {type JournalEntry, type JournalFile, type JournalItem, openJournalFile} from './journal-file.js';
export {type ClosedJournal, compareEntries, type JournalBoot, listBoots, mergeJournals, mergeOpening} from './merge.js';
export type {ObjectSet} from './object-set.js';
export type {JournalValue} from './value-index.js';
