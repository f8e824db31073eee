import { Writable } from "node:stream";
import type { OutputStream } from "../../../cli/output/console.ts";

/** A stream that keeps what is written to it. */
export function captured(terminal: { isTTY?: boolean; columns?: number } = {}): OutputStream & { text(): string } {
  const chunks: string[] = [];
  const stream = new Writable({
    write(chunk, _encoding, done) {
      chunks.push(String(chunk));
      done();
    },
  });
  return Object.assign(stream, terminal, { text: () => chunks.join("") });
}
