import type {Kind} from './kinds.js';

/** A way in which something to hide is written. */
export interface Shape {
  readonly kind: Kind;
  /** Only texts in which one of these stands, in small letters, are looked at. */
  readonly near: readonly string[];
  /** Its group, with which the match ends, is hidden; where it has none, the whole match is. Linear in the text. */
  readonly find: RegExp;
  /** Looks twice; `before`: what stands before it, as far as that matters. */
  readonly holds?: (found: string, before: string) => boolean;
  /** An everyday word may stand there as well, and is left alone. */
  readonly loose?: true;
  /** What is found is hidden here and not wherever else it stands. */
  readonly local?: true;
}
