/** Gathers chunks into one buffer. */
export interface ByteSink {
  push(chunk: Buffer): void;
  bytes(): Buffer;
}

const SECOND_SIZE = 16 * 1024;

/**
 * Copies what it is given, so that a chunk costs its bytes and nothing more. Kept as they come, the million chunks that a
 * parser makes of a megabyte of short lines would cost a hundred bytes each.
 */
export function createByteSink(): ByteSink {
  let buffer = Buffer.alloc(0);
  let length = 0;
  return {
    push(chunk) {
      if (length + chunk.length > buffer.length) {
        // Most are given one chunk and no more.
        const room = length === 0 ? chunk.length : Math.max(SECOND_SIZE, 2 * buffer.length, length + chunk.length);
        const larger = Buffer.allocUnsafe(room);
        buffer.copy(larger, 0, 0, length);
        buffer = larger;
      }
      chunk.copy(buffer, length);
      length += chunk.length;
    },
    bytes: () => buffer.subarray(0, length),
  };
}

/** The bytes of chunks, one after the other; not copied where only one has any. */
export function joined(chunks: readonly Buffer[]): Buffer {
  const [first, second] = chunks.filter(({ length }) => length > 0);
  return first !== undefined && second === undefined ? first : Buffer.concat(chunks);
}
