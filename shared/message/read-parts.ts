import type { Readable } from "node:stream";
import { type LeafPart, leafParts } from "./leaf-parts.ts";
import { MAX_ATTACHMENTS, MAX_NESTING_DEPTH, MAX_PARTS } from "./limits.ts";
import type { Attachment, Message } from "./message.ts";
import { partKind, readText, toAttachment } from "./parts.ts";
import { type Problem, problem } from "./problems.ts";
import { type Content, createContent, type TextBudget } from "./read-content.ts";
import { uuencodedFiles } from "./uuencoded.ts";

/** What a mail may still cost, shared by it and all messages in it. */
export interface Budget {
  readonly text: TextBudget;
  nestedMessages: number;
}

/** What was read of a mail's parts. */
export interface Parts {
  readonly plain: string[];
  readonly html: string[];
  readonly attachments: Attachment[];
  readonly nested: Message[];
  /** The types of report parts (RFC 6522). */
  readonly reportTypes: string[];
  readonly problems: Problem[];
  /** How many leaf parts there were. */
  count: number;
}

/** Parses an attached message, one level deeper. */
type ReadNested = (raw: Readable) => Promise<Message>;

/** How parts are to be read: where in the mail they stand, and what they may cost. */
export interface Reading {
  readonly depth: number;
  readonly budget: Budget;
  readonly readNested: ReadNested;
}

/**
 * Reads the parts of one message. Never throws: when mailparser gives up, what was read until then is kept and a
 * problem says so.
 */
export async function readParts(mime: Readable, reading: Reading): Promise<Parts> {
  const parts: Parts = { plain: [], html: [], attachments: [], nested: [], reportTypes: [], problems: [], count: 0 };
  try {
    for await (const part of leafParts(mime)) {
      if (parts.count >= MAX_PARTS) {
        note(parts, problem("tooManyParts"));
        break;
      }
      parts.count++;
      const content = createContent(part.content);
      await readPart(part, content, parts, reading);
      content.rethrow();
      part.release();
    }
  } catch (error) {
    note(parts, parserProblem(error));
  }
  return parts;
}

async function readPart(part: LeafPart, content: Content, parts: Parts, reading: Reading): Promise<void> {
  switch (partKind(part)) {
    case "plain":
      return await readTextPart(part, content, parts.plain, parts, reading);
    case "html":
      return await readTextPart(part, content, parts.html, parts, reading);
    case "message":
      return await readMessagePart(part, content, parts, reading);
    case "report":
      parts.reportTypes.push(part.contentType);
      return void (await content.size());
    case "file":
      return list(toAttachment(part, await content.size()), parts);
  }
}

async function readTextPart(
  part: LeafPart,
  content: Content,
  into: string[],
  parts: Parts,
  reading: Reading,
): Promise<void> {
  const { bytes, size } = await content.bytes(reading.budget.text);
  const { text, problem: code } = readText(part, bytes);
  into.push(text);
  if (code !== undefined) note(parts, problem(code));
  if (bytes.length < size) note(parts, problem("textTooLarge"));
  // A text part with a file name is shown in the mail and listed beside it.
  if (part.filename !== undefined) list(toAttachment(part, size), parts);
  if (into === parts.plain) for (const file of uuencodedFiles(text)) list(file, parts);
}

async function readMessagePart(
  part: LeafPart,
  content: Content,
  parts: Parts,
  { depth, budget, readNested }: Reading,
): Promise<void> {
  const refusal =
    depth >= MAX_NESTING_DEPTH ? "nestedTooDeep" : budget.nestedMessages <= 0 ? "tooManyNested" : undefined;
  if (refusal !== undefined) {
    note(parts, problem(refusal));
    return list(toAttachment(part, await content.size()), parts);
  }
  budget.nestedMessages--;
  const message = await readNested(content.stream());
  parts.nested.push(message);
  if (part.filename !== undefined || part.disposition === "attachment") list(toAttachment(part, message.size), parts);
}

function list(attachment: Attachment, parts: Parts): void {
  if (parts.attachments.length < MAX_ATTACHMENTS) parts.attachments.push(attachment);
  else note(parts, problem("tooManyAttachments"));
}

/** Each problem is told once: a thousand parts in an unknown charset are one thing to know. */
function note(parts: Parts, found: Problem): void {
  if (!parts.problems.some(({ code }) => code === found.code)) parts.problems.push(found);
}

/** mailsplit says EMAXLEN for each of its limits, in its own words. */
function parserProblem(error: unknown): Problem {
  const isLimit = error instanceof Error && "code" in error && error.code === "EMAXLEN";
  if (isLimit && /child nodes/i.test(error.message)) return problem("tooManyParts");
  return problem("parserFailed", isLimit ? "a part has too many header bytes" : undefined);
}
