import { createByteSink } from "../byte-sink.ts";
import { MAX_NESTING_DEPTH } from "../limits.ts";
import { textLines } from "../slices.ts";
import { createTnefReader } from "../tnef/read-tnef.ts";
import type { Gathered, TextBudget } from "./gathered-parts.ts";
import type { PartKind } from "./part-kind.ts";
import type { LeafPart } from "./part-splitter.ts";
import { namedAs, readText, toAttachment } from "./parts.ts";
import { uuencodedFiles, yencodedFiles } from "./uuencoded.ts";

/** Takes the content of a part as it comes, its transfer encoding undone. */
export interface PartReader {
  push(bytes: Buffer): void;
  /** @param asides other readings of a text whose encoding is broken */
  end(asides: readonly Buffer[]): void;
}

/** How a part of each kind is read. */
export const PART_READERS: Readonly<Record<PartKind, (part: LeafPart, gathered: Gathered) => PartReader>> = {
  plain: (part, gathered) => textReader(part, gathered, "plain"),
  html: (part, gathered) => textReader(part, gathered, "html"),
  message: messageReader,
  report: reportReader,
  tnef: tnefReader,
  file: fileReader,
};

/** Listed with its size, and nothing else of it is kept. */
function fileReader(part: LeafPart, { list }: Gathered): PartReader {
  let size = 0;
  return {
    push(bytes) {
      size += bytes.length;
    },
    end: () => list(toAttachment(part, size)),
  };
}

function textReader(part: LeafPart, gathered: Gathered, kind: "plain" | "html"): PartReader {
  const { reading, tell, list, hints, spend } = gathered;
  const content = createContent(reading.budget.text);
  return {
    push: content.push,
    end(asides) {
      gathered.hint(part.charset);
      const read = readText(part, content.bytes(), hints());
      gathered[kind].push(read.text);
      if (read.problem !== undefined) tell(read.problem);
      if (content.isCut()) tell("textTooLarge");
      for (const aside of asides) gathered[kind].push(readText(part, spend(aside), hints()).text);
      if (asides.length > 0) tell("brokenEncoding");
      // A text part with a file name is shown in the mail and listed beside it.
      if (part.names.length > 0) list(toAttachment(part, content.size()));
      if (kind === "plain") [...uuencodedFiles(read.text), ...yencodedFiles(read.text)].forEach(list);
    },
  };
}

/** A line that is a field, of which the machine-readable part of a report consists. */
const FIELD_LINE = /^[A-Za-z][\w-]{0,60}[ \t]{0,9}:/m;

function reportReader(part: LeafPart, { reading, reportParts, plain, tell, list }: Gathered): PartReader {
  const content = createContent(reading.budget.report);
  return {
    push: content.push,
    end() {
      const { text } = readText(part, content.bytes());
      reportParts.push({ contentType: part.contentType, text });
      // Some systems write the words for a person into the part for machines.
      if (!FIELD_LINE.test(text)) plain.push(text);
      if (content.isCut()) tell("textTooLarge");
      if (part.names.length > 0) list(toAttachment(part, content.size()));
    },
  };
}

/** Listed are the file itself and, behind it, the files in it. */
function tnefReader(part: LeafPart, { plain, html, tell, list, spend }: Gathered): PartReader {
  const reader = createTnefReader();
  let size = 0;
  return {
    push(bytes) {
      size += bytes.length;
      reader.push(bytes);
    },
    end() {
      const tnef = reader.end();
      list(toAttachment(part, size));
      for (const { names, ...file } of tnef.files) list({ ...namedAs(names), ...file, inline: false });
      plain.push(...tnef.text.map(spend).map(textLines));
      html.push(...tnef.html.map(spend));
      if (tnef.isBroken) tell("brokenTnef");
    },
  };
}

function messageReader(part: LeafPart, gathered: Gathered): PartReader {
  const { reading, nested, tell, list } = gathered;
  const { depth, budget, openNested } = reading;
  const refusal =
    depth >= MAX_NESTING_DEPTH ? "nestedTooDeep" : budget.nestedMessages <= 0 ? "tooManyNested" : undefined;
  if (refusal !== undefined) {
    tell(refusal);
    return fileReader(part, gathered);
  }
  budget.nestedMessages--;
  const reader = openNested();
  return {
    push: reader.push,
    end() {
      const message = reader.end();
      nested.push(message);
      if (part.names.length > 0 || part.disposition === "attachment") list(toAttachment(part, message.size));
    },
  };
}

/** Keeps as much of a content as the budget allows, and counts the rest. */
function createContent(budget: TextBudget) {
  const kept = createByteSink();
  let size = 0;
  return {
    push(bytes: Buffer): void {
      if (budget.left > 0) kept.push(bytes.subarray(0, budget.left));
      budget.left = Math.max(0, budget.left - bytes.length);
      size += bytes.length;
    },
    bytes: kept.bytes,
    size: () => size,
    isCut: () => kept.bytes().length < size,
  };
}
