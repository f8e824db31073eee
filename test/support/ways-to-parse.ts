import { Readable } from "node:stream";
import type { Message } from "../../shared/message/message.ts";
import { parseMessage } from "../../shared/message/parse-message.ts";

/** The same mail, parsed in every way that must not matter: files decoded or counted, mailparser shown every line or few, whole or in pieces. */
export async function parsedInEveryWay(raw: Buffer, pieces: readonly number[] = [997]): Promise<readonly Message[]> {
  return Promise.all([
    parseMessage(raw, undefined, { skim: false, everyLine: true }),
    parseMessage(raw),
    parseMessage(raw, undefined, { skim: false }),
    parseMessage(raw, undefined, { everyLine: true }),
    ...pieces.map((size) => parseMessage(inPieces(raw, size))),
  ]);
}

/** A stream of chunks of a size. */
function inPieces(raw: Buffer, size: number): Readable {
  const count = Math.ceil(raw.length / size);
  return Readable.from(Array.from({ length: count }, (_, at) => raw.subarray(at * size, (at + 1) * size)));
}
