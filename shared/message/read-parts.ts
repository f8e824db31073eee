import type { Readable } from "node:stream";
import { errorCode } from "../errors.ts";
import { type LeafPart, leafParts, PartHeadersError } from "./leaf-parts.ts";
import { MAX_ATTACHMENTS, MAX_NESTING_DEPTH, MAX_PARTS } from "./limits.ts";
import type { Attachment, Message, ReportPart } from "./message.ts";
import { partKind, readText, toAttachment } from "./parts.ts";
import { type Problem, problem } from "./problems.ts";
import { type Content, createContent, type TextBudget } from "./read-content.ts";
import { uuencodedFiles } from "./uuencoded.ts";

/** What a mail may still cost, shared by it and all messages in it. */
export interface Budget {
  readonly text: TextBudget;
  readonly report: TextBudget;
  nestedMessages: number;
  headerBytes: number;
  parts: number;
}

/** What was read of a mail's parts. */
export interface Parts {
  /** The text parts, by kind, in order. */
  readonly plain: readonly string[];
  readonly html: readonly string[];
  readonly attachments: readonly Attachment[];
  readonly nested: readonly Message[];
  readonly reportParts: readonly ReportPart[];
  readonly problems: readonly Problem[];
  /** How many leaf parts there were. */
  readonly count: number;
}

/** How parts are to be read: how deep in the mail they stand, what they may cost, and who parses an attached message. */
export interface Reading {
  readonly depth: number;
  readonly budget: Budget;
  readonly readNested: (raw: Readable) => Promise<Message>;
}

/**
 * Reads the parts of one message. Never throws: when mailparser gives up, what was read until then is kept and a
 * problem says so.
 */
export async function readParts(mime: Readable, { depth, budget, readNested }: Reading): Promise<Parts> {
  const text = { plain: [] as string[], html: [] as string[] };
  const attachments: Attachment[] = [];
  const nested: Message[] = [];
  const reportParts: ReportPart[] = [];
  const problems: Problem[] = [];
  let count = 0;

  try {
    for await (const part of leafParts(mime)) {
      if (count >= MAX_PARTS || budget.parts <= 0) {
        problems.push(problem("tooManyParts"));
        break;
      }
      count++;
      budget.parts--;
      const content = createContent(part.content);
      await readPart(part, content);
      content.rethrow();
      part.release();
    }
  } catch (error) {
    problems.push(parserProblem(error));
  }
  return { ...text, attachments, nested, reportParts, problems, count };

  async function readPart(part: LeafPart, content: Content): Promise<void> {
    const kind = partKind(part);
    if (kind === "plain" || kind === "html") return await readTextPart(part, content, kind);
    if (kind === "message") return await readMessagePart(part, content);
    const size = kind === "report" ? await readReportPart(part, content) : await content.size();
    if (kind === "file" || part.filename !== undefined) list(toAttachment(part, size));
  }

  async function readTextPart(part: LeafPart, content: Content, kind: "plain" | "html"): Promise<void> {
    const { bytes, size } = await content.bytes(budget.text);
    const read = readText(part, bytes);
    text[kind].push(read.text);
    if (read.problem !== undefined) problems.push(problem(read.problem));
    if (bytes.length < size) problems.push(problem("textTooLarge"));
    // A text part with a file name is shown in the mail and listed beside it.
    if (part.filename !== undefined) list(toAttachment(part, size));
    if (kind === "plain") uuencodedFiles(read.text).forEach(list);
  }

  async function readReportPart(part: LeafPart, content: Content): Promise<number> {
    const { bytes, size } = await content.bytes(budget.report);
    reportParts.push({ contentType: part.contentType, text: readText(part, bytes).text });
    if (bytes.length < size) problems.push(problem("textTooLarge"));
    return size;
  }

  async function readMessagePart(part: LeafPart, content: Content): Promise<void> {
    const refusal =
      depth >= MAX_NESTING_DEPTH ? "nestedTooDeep" : budget.nestedMessages <= 0 ? "tooManyNested" : undefined;
    if (refusal !== undefined) {
      problems.push(problem(refusal));
      return list(toAttachment(part, await content.size()));
    }
    budget.nestedMessages--;
    const message = await readNested(content.stream());
    nested.push(message);
    if (part.filename !== undefined || part.disposition === "attachment") list(toAttachment(part, message.size));
  }

  function list(attachment: Attachment): void {
    if (attachments.length < MAX_ATTACHMENTS) attachments.push(attachment);
    else problems.push(problem("tooManyAttachments"));
  }
}

/** mailsplit says EMAXLEN for each of its limits, in its own words. */
function parserProblem(error: unknown): Problem {
  if (error instanceof PartHeadersError) return problem("tooManyParts", "their headers are too large");
  const isLimit = errorCode(error) === "EMAXLEN";
  if (isLimit && /child nodes/i.test(String(error))) return problem("tooManyParts");
  return problem("parserFailed", isLimit ? "a part has too many header bytes" : undefined);
}
