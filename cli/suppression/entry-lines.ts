import { StringDecoder } from "node:string_decoder";

/** A line of a file, without its end; `undefined` as text where it is too long to be read. */
export interface NumberedLine {
  readonly number: number;
  readonly text: string | undefined;
}

/** UTF-16 units of a line. The attack: a file that is one line of gigabytes. */
const MAX_LINE = 10_000;

/** The lines of a file, one by one, whatever its size; empty ones and a byte order mark are left out. */
export async function* numberedLines(bytes: AsyncIterable<Buffer>): AsyncGenerator<NumberedLine> {
  const decoder = new StringDecoder("utf8");
  let number = 1;
  let rest = "";
  let isTooLong = false;

  function* take(text: string): Generator<NumberedLine> {
    const parts = text.split("\n");
    for (const [at, part] of parts.entries()) {
      if (rest.length + part.length > MAX_LINE) isTooLong = true;
      rest = isTooLong ? "" : rest + part;
      if (at === parts.length - 1) return;
      yield* line();
      number += 1;
      rest = "";
      isTooLong = false;
    }
  }

  function* line(): Generator<NumberedLine> {
    const text = (number === 1 ? rest.replace(/^\uFEFF/, "") : rest).replace(/\r$/, "");
    if (isTooLong) yield { number, text: undefined };
    else if (text !== "") yield { number, text };
  }

  for await (const chunk of bytes) yield* take(decoder.write(chunk));
  yield* take(decoder.end());
  yield* line();
}

export const TOO_LONG = `expected at most ${MAX_LINE} characters, got more`;
