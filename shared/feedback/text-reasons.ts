import type { FeedbackReason } from "./feedback.ts";
import { RECEIVING_REASONS, VAGUE_REASONS } from "./receiving-text-reasons.ts";
import { SENDING_REASONS } from "./sending-text-reasons.ts";
import { MAX_EXAMINED } from "./status-code.ts";

/** A row of the table: what a server's text says when it gives this reason. */
export interface TextReason {
  readonly reason: FeedbackReason;
  /**
   * Parts of the text, lower case, divided by semicolons and line ends. `…` stands for up to 40 characters, `|` for the edge
   * of a word.
   */
  readonly says: string;
  /** Who says so. */
  readonly family: string;
}

/**
 * Read from the top, the first row that fits gives the reason: what is said about one thing alone comes before words that
 * many use for anything.
 */
export const TEXT_REASONS: readonly TextReason[] = [...SENDING_REASONS, ...RECEIVING_REASONS, ...VAGUE_REASONS];

/** What a word of an answer is when it is its code, also repeated on each line of it: `550`, `550-5.7.25`, `#5.1.1`. */
const CODE = /^\W?(?:[245]\d\d(?:[- ]?[245]\.\d\.\d{1,3})?|[245]\.\d\.\d{1,3})[-:]?\W?$/;

type Row = { readonly reason: FeedbackReason; readonly pattern: RegExp };

const CLEAR = [...SENDING_REASONS, ...RECEIVING_REASONS].map(toRow);
const VAGUE = VAGUE_REASONS.map(toRow);

function toRow({ reason, says }: TextReason): Row {
  return {
    reason,
    pattern: new RegExp(
      says
        .trim()
        .split(/[;\n]\s*/)
        .map(toPattern)
        .join("|"),
      "u",
    ),
  };
}

/** `…` is bounded, so that the pattern is linear in a text of bounded length. */
function toPattern(says: string): string {
  return says
    .replace(/[.*+?^${}()[\]\\/]/g, "\\$&")
    .replaceAll("…", ".{0,40}")
    .replaceAll("|", "\\b");
}

/**
 * IronPort, and SES on it, puts a summary before the answer it got: `5.1.0 - Unknown address error 550-'5.7.1 … Access denied'`. The
 * summary goes by the reply code alone.
 */
const ANSWER_BEHIND_SUMMARY = /\b[45]\d\d-'/;
const SUMMARY_END = /' \(delivery attempts: \d{1,9}\)\s*$/;

/** The reason that a server's text gives; `undefined` when no row of the table fits, but for those of vague words. */
export function reasonOfText(text: string): FeedbackReason | undefined {
  return reasonBy(CLEAR, text);
}

/** The reason that a text leaves to guess. */
export function reasonOfVagueText(text: string): FeedbackReason | undefined {
  return reasonBy(VAGUE, text);
}

function reasonBy(rows: readonly Row[], text: string): FeedbackReason | undefined {
  const examined = readable(answerIn(text.slice(0, MAX_EXAMINED)));
  return rows.find(({ pattern }) => pattern.test(examined))?.reason;
}

function answerIn(text: string): string {
  const summary = ANSWER_BEHIND_SUMMARY.exec(text);
  return summary === null ? text : text.slice(summary.index + summary[0].length).replace(SUMMARY_END, "");
}

/** A host or a link, in whatever signs stand around it. Exchange's own words have dots too: `QUEUE.Expired`, `RESOLVER.ADR.RecipNotFound`. */
const HOST =
  /:\/\/|^\W{0,3}(?!queue\.|resolver\.|smtpsend\.|storedrv\.)[a-z\d-]+(?:\.[a-z\d-]+)*\.[a-z][a-z\d-]+(?:\[[^\]]*\])?\W{0,3}$/;

/** Hosts that say something: those of lists of bad senders, which an answer names. */
const BLOCKLIST = /spamhaus|spamcop|barracudacentral|sorbs|uceprotect/;

/**
 * A text as the table has it: lower case, one space between words, and without codes, addresses, hosts and links. A code stands between
 * the words of a wrapped answer; a name can hold any word (`mx.spamfilter.example` says user unknown), and somebody chose it.
 */
function readable(text: string): string {
  return text
    .toLowerCase()
    .replace(/[\u2018\u2019]/g, "'")
    .split(/[\s<>]+/)
    .filter((word) => word !== "" && !word.includes("@") && !CODE.test(word))
    .filter((word) => !HOST.test(word) || BLOCKLIST.test(word))
    .join(" ");
}
