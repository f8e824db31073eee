import { errorCode } from "../../errors.ts";
import { decodeText } from "../charset/decode-text.ts";
import { MAX_ALL_PART_HEADER_BYTES, MAX_PARTS } from "../limits.ts";
import { type Problem, problem } from "../problems.ts";
import { textLines } from "../slices.ts";
import { createBase64Size } from "./file-size.ts";
import { createGathered, type Gathered, type Parts, type Reading } from "./gathered-parts.ts";
import { BoundaryWorkError } from "./mail-splitter.ts";
import { createPartDecoder } from "./part-decoder.ts";
import { isText, partKind } from "./part-kind.ts";
import { PART_READERS } from "./part-readers.ts";
import { createPartSplitter, type LeafPart, PartHeadersError } from "./part-splitter.ts";
import { toAttachment } from "./parts.ts";

/** Reads the parts of one message as it comes. Never throws: when mailparser gives up, what was read until then is kept and a problem says so. */
export interface PartsReader {
  /** Takes MIME fields, an empty line and a body. */
  push(chunk: Buffer): void;
  end(): Parts;
}

/** A part while it is read. */
interface OpenPart {
  push(bytes: Buffer): void;
  end(): void;
}

/** The mail has more parts than are read. */
class TooManyPartsError extends Error {}

export function createPartsReader(reading: Reading): PartsReader {
  const { budget, options } = reading;
  const gathered = createGathered(reading);
  let count = 0;
  let open: OpenPart | undefined;
  let hasFailed = false;

  function begin(part: LeafPart): void {
    if (count >= MAX_PARTS || budget.parts <= 0) throw new TooManyPartsError();
    count++;
    budget.parts--;
    open = openPart(part, gathered);
  }

  function end(): void {
    const ended = open;
    open = undefined;
    ended?.end();
  }

  const splitter = createPartSplitter(
    { begin, body: (bytes) => open?.push(bytes), end },
    MAX_ALL_PART_HEADER_BYTES,
    options.everyLine ?? false,
  );

  function attempt(step: () => void): void {
    try {
      if (!hasFailed) step();
    } catch (error) {
      hasFailed = true;
      gathered.tell(parserProblem(error));
    }
  }

  return {
    push: (chunk) => attempt(() => splitter.push(chunk)),
    end() {
      attempt(() => splitter.end());
      // What came of the part in which the splitter failed.
      hasFailed = false;
      attempt(end);
      return gathered.parts(count);
    },
  };
}

function openPart(part: LeafPart, gathered: Gathered): OpenPart {
  const { doubtful, spend, tell, list, reading } = gathered;
  if (part.lacksParts) tell("noParts");
  if (part.doubtful.length > 0) doubtful.push(textLines(decodeText(spend(part.doubtful), part.charset).text));
  const kind = partKind(part);
  if (kind === "file" && part.transferEncoding === "base64" && reading.options.skim !== false) {
    const counter = createBase64Size();
    return { push: counter.push, end: () => list(toAttachment(part, counter.size())) };
  }
  const reader = PART_READERS[kind](part, gathered);
  const { decoder, asides } = createPartDecoder(part.transferEncoding, kind);
  const push = (bytes: Buffer): void => {
    const decoded = decoder.decode(bytes);
    if (decoded.length > 0) reader.push(decoded);
  };
  // What comes before a file's bytes is no part of it, and a message would begin with it.
  if (isText(kind) && part.lost.length > 0) push(part.lost);
  return {
    push,
    end() {
      const last = decoder.end();
      if (last.length > 0) reader.push(last);
      reader.end(asides());
    },
  };
}

/** mailsplit says EMAXLEN for each of its limits, in its own words. */
function parserProblem(error: unknown): Problem {
  if (error instanceof PartHeadersError) return problem("tooManyParts", "their headers are too large");
  const isLimit = errorCode(error) === "EMAXLEN";
  const isParts = error instanceof TooManyPartsError || error instanceof BoundaryWorkError;
  if (isParts || (isLimit && /child nodes/i.test(String(error)))) return problem("tooManyParts");
  return problem("parserFailed", isLimit ? "a part has too many header bytes" : undefined);
}
