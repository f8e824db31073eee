import type { Readable } from "node:stream";
import { errorCode } from "../../errors.ts";
import { decodeText } from "../charset/decode-text.ts";
import { MAX_ATTACHMENTS, MAX_NESTING_DEPTH, MAX_PARTS } from "../limits.ts";
import type { Attachment, Message, ReportPart } from "../message.ts";
import { type Problem, problem } from "../problems.ts";
import { textLines } from "../slices.ts";
import { readTnef } from "../tnef/read-tnef.ts";
import { type LeafPart, leafParts, PartHeadersError } from "./leaf-parts.ts";
import { partKind } from "./part-kind.ts";
import { namedAs, readText, toAttachment } from "./parts.ts";
import { type Content, createContent, type TextBudget } from "./read-content.ts";
import { uuencodedFiles, yencodedFiles } from "./uuencoded.ts";

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
  /** Text by another reading of a broken header. */
  readonly doubtful: readonly string[];
  readonly attachments: readonly Attachment[];
  readonly nested: readonly Message[];
  readonly reportParts: readonly ReportPart[];
  readonly problems: readonly Problem[];
  /** The charsets that text parts declare, each once. */
  readonly charsets: readonly string[];
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
  const text = { plain: [] as string[], html: [] as string[], doubtful: [] as string[] };
  const attachments: Attachment[] = [];
  const nested: Message[] = [];
  const reportParts: ReportPart[] = [];
  const problems: Problem[] = [];
  const charsets = new Set<string>();
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
  return { ...text, attachments, nested, reportParts, problems, charsets: [...charsets], count };

  async function readPart(part: LeafPart, content: Content): Promise<void> {
    if (part.lacksParts) problems.push(problem("noParts"));
    if (part.doubtful.length > 0) text.doubtful.push(textLines(decodeText(spend(part.doubtful), part.charset).text));
    const kind = partKind(part);
    if (kind === "plain" || kind === "html") return await readTextPart(part, content, kind);
    if (kind === "message") return await readMessagePart(part, content);
    if (kind === "tnef") return await readTnefPart(part, content);
    const size = kind === "report" ? await readReportPart(part, content) : await content.size();
    if (kind === "file" || part.names.length > 0) list(toAttachment(part, size));
  }

  async function readTextPart(part: LeafPart, content: Content, kind: "plain" | "html"): Promise<void> {
    const { bytes, size } = await content.bytes(budget.text);
    if (part.charset !== undefined && charsets.size < MAX_CHARSETS) charsets.add(part.charset);
    const read = readText(part, bytes, [...charsets]);
    text[kind].push(read.text);
    if (read.problem !== undefined) problems.push(problem(read.problem));
    if (bytes.length < size) problems.push(problem("textTooLarge"));
    for (const aside of part.asides()) text[kind].push(readText(part, spend(aside), [...charsets]).text);
    if (part.asides().length > 0) problems.push(problem("brokenEncoding"));
    // A text part with a file name is shown in the mail and listed beside it.
    if (part.names.length > 0) list(toAttachment(part, size));
    if (kind === "plain") [...uuencodedFiles(read.text), ...yencodedFiles(read.text)].forEach(list);
  }

  async function readReportPart(part: LeafPart, content: Content): Promise<number> {
    const { bytes, size } = await content.bytes(budget.report);
    const read = readText(part, bytes);
    reportParts.push({ contentType: part.contentType, text: read.text });
    // Some systems write the words for a person into the part for machines.
    if (!FIELD_LINE.test(read.text)) text.plain.push(read.text);
    if (bytes.length < size) problems.push(problem("textTooLarge"));
    return size;
  }

  /** Listed are the file itself and, behind it, the files in it. */
  async function readTnefPart(part: LeafPart, content: Content): Promise<void> {
    let size = 0;
    async function* counted(): AsyncGenerator<Buffer> {
      for await (const chunk of content.stream()) {
        size += chunk.length;
        yield chunk;
      }
    }
    const chunks = counted();
    const tnef = await readTnef(chunks);
    // One that is broken is left where it breaks, and the part must be read to its end.
    while (!(await chunks.next()).done);
    list(toAttachment(part, size));
    for (const { names, ...file } of tnef.files) list({ ...namedAs(names), ...file, inline: false });
    text.plain.push(...tnef.text.map(spend).map(textLines));
    text.html.push(...tnef.html.map(spend));
    if (tnef.isBroken) problems.push(problem("brokenTnef"));
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
    if (part.names.length > 0 || part.disposition === "attachment") list(toAttachment(part, message.size));
  }

  /** As much of a text or its bytes as the budget allows. */
  function spend<Text extends string | Buffer>(whole: Text): Text {
    const kept = (
      typeof whole === "string" ? whole.slice(0, budget.text.left) : whole.subarray(0, budget.text.left)
    ) as Text;
    budget.text.left -= kept.length;
    return kept;
  }

  function list(attachment: Attachment): void {
    if (attachments.length < MAX_ATTACHMENTS) attachments.push(attachment);
    else problems.push(problem("tooManyAttachments"));
  }
}

/** How many charsets are kept as hints for text without one. No honest mail has more. */
const MAX_CHARSETS = 4;

/** A line that is a field, of which the machine-readable part of a report consists. */
const FIELD_LINE = /^[A-Za-z][\w-]{0,60}[ \t]{0,9}:/m;

/** mailsplit says EMAXLEN for each of its limits, in its own words. */
function parserProblem(error: unknown): Problem {
  if (error instanceof PartHeadersError) return problem("tooManyParts", "their headers are too large");
  const isLimit = errorCode(error) === "EMAXLEN";
  if (isLimit && /child nodes/i.test(String(error))) return problem("tooManyParts");
  return problem("parserFailed", isLimit ? "a part has too many header bytes" : undefined);
}
