import type { Readable } from "node:stream";
import { errorCode } from "../../errors.ts";
import { decodeText } from "../charset/decode-text.ts";
import { MAX_PARTS } from "../limits.ts";
import { type Problem, problem } from "../problems.ts";
import { textLines } from "../slices.ts";
import { createGathered, type Gathered, type Parts, type Reading } from "./gathered-parts.ts";
import { type LeafPart, leafParts, PartHeadersError } from "./leaf-parts.ts";
import { partKind } from "./part-kind.ts";
import { PART_READERS } from "./part-readers.ts";
import { createContent } from "./read-content.ts";

/**
 * Reads the parts of one message. Never throws: when mailparser gives up, what was read until then is kept and a
 * problem says so.
 */
export async function readParts(mime: Readable, reading: Reading): Promise<Parts> {
  const { budget } = reading;
  const gathered = createGathered(reading);
  let count = 0;
  try {
    for await (const part of leafParts(mime)) {
      if (count >= MAX_PARTS || budget.parts <= 0) {
        gathered.tell("tooManyParts");
        break;
      }
      count++;
      budget.parts--;
      await readPart(part, gathered);
    }
  } catch (error) {
    gathered.tell(parserProblem(error));
  }
  return gathered.parts(count);
}

async function readPart(part: LeafPart, gathered: Gathered): Promise<void> {
  const { doubtful, spend, tell } = gathered;
  if (part.lacksParts) tell("noParts");
  if (part.doubtful.length > 0) doubtful.push(textLines(decodeText(spend(part.doubtful), part.charset).text));
  const content = createContent(part.content);
  await PART_READERS[partKind(part)](part, content, gathered);
  content.rethrow();
  part.release();
}

/** mailsplit says EMAXLEN for each of its limits, in its own words. */
function parserProblem(error: unknown): Problem {
  if (error instanceof PartHeadersError) return problem("tooManyParts", "their headers are too large");
  const isLimit = errorCode(error) === "EMAXLEN";
  if (isLimit && /child nodes/i.test(String(error))) return problem("tooManyParts");
  return problem("parserFailed", isLimit ? "a part has too many header bytes" : undefined);
}
