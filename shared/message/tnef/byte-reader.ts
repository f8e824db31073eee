/**
 * A reading that stops wherever it needs more bytes: it is gone on with by giving it the next chunk, or `undefined` when no more come.
 */
export type Reading<Result> = Generator<void, Result, Buffer | undefined>;

/** Bytes that come in chunks, taken in order. What a length field promises and the content does not have is never waited for or set aside. */
export interface ByteReader {
  /** How many bytes were taken or passed over. */
  position(): number;
  /** The next `length` bytes, or `undefined` when the content ends before. Nothing larger is asked for than may be held. */
  take(length: number): Reading<Buffer | undefined>;
  /** Whether no more bytes come. */
  isDone(): Reading<boolean>;
  /** Passes over bytes; `false` when the content ends before. */
  skip(length: number): Reading<boolean>;
}

export function createByteReader(): ByteReader {
  let held: Buffer = Buffer.alloc(0);
  let position = 0;

  function* more(): Reading<boolean> {
    const chunk = yield;
    if (chunk === undefined) return false;
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    return true;
  }

  function pass(length: number): void {
    held = held.subarray(length);
    position += length;
  }

  return {
    position: () => position,
    *isDone() {
      while (held.length === 0) if (!(yield* more())) return true;
      return false;
    },
    *take(length) {
      while (held.length < length) if (!(yield* more())) return undefined;
      const taken = held.subarray(0, length);
      pass(length);
      return taken;
    },
    *skip(length) {
      for (let left = length; left > 0; ) {
        if (held.length === 0 && !(yield* more())) return false;
        const passed = Math.min(left, held.length);
        pass(passed);
        left -= passed;
      }
      return true;
    },
  };
}
