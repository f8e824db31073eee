/** The bytes of a stream, taken in order. What a length field promises and the stream does not have is never waited for or set aside. */
export interface ByteReader {
  /** How many bytes were taken or passed over. */
  position(): number;
  /** The next `length` bytes, or `undefined` when the stream ends before. Nothing larger is asked for than may be held. */
  take(length: number): Promise<Buffer | undefined>;
  /** Whether no more bytes come. */
  isDone(): Promise<boolean>;
  /** Passes over bytes; `false` when the stream ends before. */
  skip(length: number): Promise<boolean>;
}

export function createByteReader(chunks: AsyncIterable<Buffer>): ByteReader {
  const source = chunks[Symbol.asyncIterator]();
  let held: Buffer = Buffer.alloc(0);
  let position = 0;

  async function more(): Promise<boolean> {
    const { value, done } = await source.next();
    if (done) return false;
    held = held.length === 0 ? value : Buffer.concat([held, value]);
    return true;
  }

  function pass(length: number): void {
    held = held.subarray(length);
    position += length;
  }

  return {
    position: () => position,
    async isDone() {
      return held.length === 0 && !(await more());
    },
    async take(length) {
      while (held.length < length) if (!(await more())) return undefined;
      const taken = held.subarray(0, length);
      pass(length);
      return taken;
    },
    async skip(length) {
      for (let left = length; left > 0; ) {
        if (held.length === 0 && !(await more())) return false;
        const passed = Math.min(left, held.length);
        pass(passed);
        left -= passed;
      }
      return true;
    },
  };
}
