import {unpackLz4Block} from './lz4-block.js';
import {CutOff, decodeWith, type Unpack} from './packed.js';

/** lz4(1). Source: https://github.com/lz4/lz4/blob/dev/doc/lz4_Frame_format.md; checksums are not compared. */
export const unpackLz4: Unpack = packed =>
  decodeWith(packed, give => {
    let rest: Uint8Array = new Uint8Array(0);
    let state: State = {expects: 'frame', need: 4, frame: null};
    return {
      push(slice) {
        rest = rest.length === 0 ? slice : Buffer.concat([rest, slice]);
        let at = 0;
        while (rest.length - at >= state.need) {
          const bytes = rest.subarray(at, at + state.need);
          at += state.need;
          state = read(state, bytes, give);
        }
        rest = rest.slice(at);
      },
      end() {
        if (state.expects !== 'frame' || rest.length > 0) throw new CutOff();
      },
    };
  });

interface Frame {
  readonly blockLength: number;
  readonly hasBlockChecksum: boolean;
  readonly hasContentChecksum: boolean;
  /** Room for a block after the 64 KiB before it, which it may refer to. */
  readonly window: Uint8Array;
  /** How much of them is filled. */
  filled: number;
}

interface State {
  readonly expects: 'frame' | 'descriptor' | 'more-descriptor' | 'size' | 'block' | 'skipped' | 'checksum';
  /** Bytes that it takes to go on. */
  readonly need: number;
  readonly frame: Frame | null;
  /** Of the block that comes. */
  readonly isPlain?: boolean;
}

const magic = 0x184d2204;
const skippable = 0x184d2a50;
const longestSkipped = 1 << 20;
const historyLength = 1 << 16;

function read(state: State, bytes: Uint8Array, give: (bytes: Uint8Array) => void): State {
  const u32 = (): number => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).readUInt32LE(0);
  const {frame} = state;
  switch (state.expects) {
    case 'frame': {
      const found = u32();
      if (found === magic) return {expects: 'descriptor', need: 2, frame: null};
      // Its length follows; both are passed over.
      if ((found & 0xfffffff0) >>> 0 === skippable) return {expects: 'skipped', need: 4, frame: null};
      throw new Error('no LZ4 frame');
    }
    case 'skipped':
      if (u32() > longestSkipped) throw new Error('LZ4 frame to skip is too long');
      return {expects: 'checksum', need: u32(), frame: null};
    case 'descriptor': {
      const [flags, block] = [bytes[0] as number, bytes[1] as number];
      const size = [64, 256, 1024, 4096][((block >> 4) & 7) - 4];
      if (flags >> 6 !== 1 || size === undefined) throw new Error('LZ4 frame of another version');
      const blockLength = size * 1024;
      const begun: Frame = {
        blockLength,
        hasBlockChecksum: (flags & 16) !== 0,
        hasContentChecksum: (flags & 4) !== 0,
        window: new Uint8Array(historyLength + blockLength),
        filled: 0,
      };
      return {
        expects: 'more-descriptor',
        need: ((flags & 8) !== 0 ? 8 : 0) + ((flags & 1) !== 0 ? 4 : 0) + 1,
        frame: begun,
      };
    }
    case 'more-descriptor':
      return {expects: 'size', need: 4, frame};
    case 'size': {
      const {blockLength, hasBlockChecksum, hasContentChecksum} = frame as Frame;
      const size = u32();
      if (size === 0) return {expects: 'checksum', need: hasContentChecksum ? 4 : 0, frame: null};
      const length = (size & 0x7fffffff) >>> 0;
      if (length > blockLength) throw new Error('LZ4 block longer than its frame allows');
      return {expects: 'block', need: length + (hasBlockChecksum ? 4 : 0), frame, isPlain: size >>> 31 === 1};
    }
    case 'block':
      give(unpackBlock(frame as Frame, bytes, state.isPlain === true));
      return {expects: 'size', need: 4, frame};
    case 'checksum':
      return {expects: 'frame', need: 4, frame: null};
  }
}

function unpackBlock(frame: Frame, bytes: Uint8Array, isPlain: boolean): Uint8Array {
  const {window, hasBlockChecksum} = frame;
  const packed = hasBlockChecksum ? bytes.subarray(0, -4) : bytes;
  if (frame.filled > historyLength) {
    window.copyWithin(0, frame.filled - historyLength, frame.filled);
    frame.filled = historyLength;
  }
  const start = frame.filled;
  if (isPlain) window.set(packed, start);
  const end = isPlain ? start + packed.length : unpackLz4Block(packed, window, start);
  if (end === null) throw new Error('damaged LZ4 block');
  frame.filled = end;
  return window.slice(start, end);
}
