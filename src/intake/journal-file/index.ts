/** Binary journal files, read natively. */
export {isJournalFile, type JournalHeader} from './header.js';
export {type JournalEntry, type JournalFile, type JournalItem, openJournalFile} from './journal-file.js';
export {compareEntries, type JournalBoot, listBoots, type MergeOptions, mergeJournals} from './merge.js';
export type {ObjectSet} from './object-set.js';
export type {JournalValue} from './value-index.js';
