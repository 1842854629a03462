/** Where a log comes from: one file or stream, or several that are read as one. */
export interface ByteSource {
  readonly name: string;
  readonly parts: readonly SourcePart[];
  /** What is to be said of how the parts were chosen. */
  readonly notices?: readonly string[];
}

export interface SourceFile {
  /** A path, or `-` for standard input. */
  readonly name: string;
  /** The bytes, unpacked, in order; throws InputError when they cannot be read. */
  chunks(): AsyncIterable<Uint8Array>;
  /** What is to be said of it once it was read: that it is cut off or damaged. */
  notices?(): readonly string[];
  /** Its first bytes, where they are known already. */
  readonly head?: Uint8Array;
}

export interface SourcePart extends SourceFile {
  /** A journal in several files, this one among them: they are read together, in the order of their entries. */
  readonly journal?: readonly SourceFile[];
}
