import { MAX_ATTACHMENTS } from "../limits.ts";
import type { Attachment, Message, ReportPart } from "../message.ts";
import { type Problem, type ProblemCode, problem } from "../problems.ts";

/** How many bytes of text may still be read, over a mail and all messages in it. */
export interface TextBudget {
  left: number;
}

/** What a mail may still cost, shared by it and all messages in it. */
interface Budget {
  readonly text: TextBudget;
  readonly report: TextBudget;
  nestedMessages: number;
  headerBytes: number;
  parts: number;
}

/** Reads a message as it comes. */
export interface MessageReader {
  /** `false`: no more is wanted of it. */
  push(chunk: Buffer): boolean;
  end(): Message;
}

/** Slower ways to the same message, by which tests and benchmarks compare. */
export interface ParseOptions {
  /** `false`: files are decoded to be counted. */
  readonly skim?: boolean;
  /** mailparser is shown every line, those that cannot be a delimiter too. */
  readonly everyLine?: boolean;
}

/** How parts are to be read: how deep in the mail they stand, what they may cost, and who reads an attached message. */
export interface Reading {
  readonly depth: number;
  readonly budget: Budget;
  readonly options: ParseOptions;
  readonly openNested: () => MessageReader;
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

/** What is read of a mail's parts, part by part. */
export interface Gathered {
  readonly plain: string[];
  readonly html: string[];
  readonly doubtful: string[];
  readonly nested: Message[];
  readonly reportParts: ReportPart[];
  readonly reading: Reading;
  /** Puts an attachment on the list. */
  list(attachment: Attachment): void;
  tell(code: ProblemCode | Problem): void;
  /** Remembers a charset that a part declares, as a hint for those that declare none. */
  hint(charset: string | undefined): void;
  hints(): readonly string[];
  /** As much of a text or its bytes as the budget allows. */
  spend<Text extends string | Buffer>(whole: Text): Text;
  parts(count: number): Parts;
}

/** How many charsets are kept as hints for text without one. No honest mail has more. */
const MAX_CHARSETS = 4;

export function createGathered(reading: Reading): Gathered {
  const { text } = reading.budget;
  const found = { plain: [], html: [], doubtful: [], nested: [], reportParts: [] };
  const attachments: Attachment[] = [];
  const problems: Problem[] = [];
  const charsets = new Set<string>();
  const tell = (code: ProblemCode | Problem) => void problems.push(typeof code === "string" ? problem(code) : code);
  return {
    ...found,
    reading,
    tell,
    list(attachment) {
      if (attachments.length < MAX_ATTACHMENTS) attachments.push(attachment);
      else tell("tooManyAttachments");
    },
    hint(charset) {
      if (charset !== undefined && charsets.size < MAX_CHARSETS) charsets.add(charset);
    },
    hints: () => [...charsets],
    spend<Text extends string | Buffer>(whole: Text): Text {
      const kept = typeof whole === "string" ? whole.slice(0, text.left) : whole.subarray(0, text.left);
      text.left -= kept.length;
      return kept as Text;
    },
    parts: (count) => ({ ...found, attachments, problems, charsets: [...charsets], count }),
  };
}
