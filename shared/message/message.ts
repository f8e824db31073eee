import type { VisibleText } from "./html/visible-text.ts";
import type { Problem } from "./problems.ts";

/** One address of an address header. `name` is decoded and may be empty; `address` is as written, without brackets. */
export interface Mailbox {
  readonly name: string;
  readonly address: string;
}

/** One header field, in the order of the mail, duplicates kept. */
export interface HeaderField {
  /** Lower case. */
  readonly name: string;
  /** Unfolded; decoded (RFC 2047) where nothing else is said. */
  readonly value: string;
}

export interface Attachment {
  /** Cleaned: no path, no control or direction characters. `null` when the mail names none. */
  readonly filename: string | null;
  /** Cleaned like it: other names that the mail gives the same file, of which some program shows one. Left out when there are none. */
  readonly otherNames?: readonly string[];
  /** Lower case, `type/subtype`. */
  readonly contentType: string;
  /** Bytes after the transfer encoding is undone. */
  readonly size: number;
  /** Shown in the text (Content-Disposition: inline, or referred to by Content-ID) rather than beside it. */
  readonly inline: boolean;
}

/** The machine-readable part of a report: fields in blocks (RFC 3464, RFC 5965, RFC 8098). */
export interface ReportPart {
  /** Lower case: `message/delivery-status`. */
  readonly contentType: string;
  /** Decoded, line ends as `\n`. */
  readonly text: string;
}

/** A mail that a machine wrote about another mail: RFC 3464, RFC 5965, RFC 8098, RFC 3834. */
export type ReportKind = "delivery-status" | "feedback-report" | "disposition-notification" | "auto-reply";

/** A mail as a person and a rule see it. */
export interface Message {
  /** Bytes of the raw mail. */
  readonly size: number;
  /** Of the raw bytes, 64 hex digits. */
  readonly sha256: string;
  readonly headers: readonly HeaderField[];
  /**
   * The same fields, unfolded and with encoded words as they are (bytes as latin1 characters). What a server wrote is read
   * from these: decoded, a sender could write structure into it.
   */
  readonly rawHeaders: readonly HeaderField[];
  readonly subject: string;
  readonly from: readonly Mailbox[];
  readonly to: readonly Mailbox[];
  readonly cc: readonly Mailbox[];
  readonly replyTo: readonly Mailbox[];
  /** ISO 8601 in UTC with milliseconds; `null` when the Date header is missing or cannot be read. */
  readonly date: string | null;
  /** With its angle brackets. */
  readonly messageIdHeader: string | null;
  /** The text/plain parts, line ends as `\n`; when there is none, what a person sees of the HTML. */
  readonly text: string;
  /** The text/html parts as they are. */
  readonly html: string;
  /** What a person sees of `html`. */
  readonly htmlText: VisibleText;
  /** Whether `text` was made from `html`, because the mail has no plain part. */
  readonly textFromHtml: boolean;
  readonly attachments: readonly Attachment[];
  /** Attached messages (message/rfc822), in order. In a report these are returned originals. */
  readonly nested: readonly Message[];
  readonly report: ReportKind | null;
  /** The machine-readable parts of a report, in order. */
  readonly reportParts: readonly ReportPart[];
  /** What could not be read, or was cut. Those of nested messages are kept there. */
  readonly problems: readonly Problem[];
}
