import { Readable } from "node:stream";
import { createByteSink } from "../byte-sink.ts";

/**
 * The content of a part, read so that nothing is lost when the parser fails in the middle of it: what came is given,
 * the failure is kept for later.
 */
export interface Content {
  /** Reads to the end, and keeps as much as the budget allows. */
  bytes(budget: TextBudget): Promise<{ bytes: Buffer; size: number }>;
  /** Reads to the end, and keeps nothing but the number of bytes. */
  size(): Promise<number>;
  /** As a stream that ends where the content ends or fails. */
  stream(): Readable;
  /** @throws what the content failed with, if it did */
  rethrow(): void;
}

/** How many bytes of text may still be read, over a mail and all messages in it. */
export interface TextBudget {
  left: number;
}

export function createContent(content: Readable): Content {
  let failure: { error: unknown } | undefined;

  async function* chunks(): AsyncGenerator<Buffer> {
    try {
      for await (const chunk of content) yield chunk;
    } catch (error) {
      failure = { error };
    }
  }

  return {
    async bytes(budget) {
      const kept = createByteSink();
      let size = 0;
      for await (const chunk of chunks()) {
        if (budget.left > 0) kept.push(chunk.subarray(0, budget.left));
        budget.left = Math.max(0, budget.left - chunk.length);
        size += chunk.length;
      }
      return { bytes: kept.bytes(), size };
    },
    async size() {
      let size = 0;
      for await (const chunk of chunks()) size += chunk.length;
      return size;
    },
    stream: () => Readable.from(chunks(), { objectMode: false }),
    rethrow() {
      if (failure !== undefined) throw failure.error;
    },
  };
}
