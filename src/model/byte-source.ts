/** Where a log comes from: one file or stream, or several that are read as one. */
export interface ByteSource {
  readonly name: string;
  readonly parts: readonly SourcePart[];
}

export interface SourcePart {
  /** A path, or `-` for standard input. */
  readonly name: string;
  /** The bytes, in order; throws InputError when they cannot be read. */
  chunks(): AsyncIterable<Uint8Array>;
}
