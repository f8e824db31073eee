/** SES's five checks of an inbound mail (SES fact 1.9.1). */
export const VERDICT_NAMES = ["spam", "virus", "spf", "dkim", "dmarc"] as const;
export type VerdictName = (typeof VERDICT_NAMES)[number];

export const VERDICT_STATUSES = ["PASS", "FAIL", "GRAY", "PROCESSING_FAILED", "DISABLED"] as const;
export type VerdictStatus = (typeof VERDICT_STATUSES)[number];

/** What SES found. A verdict that SES did not give is absent, which is not the same as any status. */
export type Verdicts = Readonly<Partial<Record<VerdictName, VerdictStatus>>>;

/** RFC 5321 MAIL FROM and RCPT TO, never the From and To of the headers. */
export interface Envelope {
  /** Without angle brackets; empty for the null sender `<>` of bounces. */
  readonly mailFrom: string;
  /** Those that matched the receipt rule; in a rebuilt receipt those that the mail servers wrote down. */
  readonly recipients: readonly string[];
}

/** What is known about one arrival of a mail, besides the mail itself. */
export interface Receipt {
  /** SES's id, the last part of the S3 key; `sha256-` and 40 hex digits for a stored mail that SES never saw. */
  readonly sesMessageId: string;
  /** ISO 8601 in UTC with milliseconds; `null` when nothing in a stored mail says it. */
  readonly receivedAt: string | null;
  readonly envelope: Envelope;
  readonly verdicts: Verdicts;
  /** Whether SES cut the headers that it put into the event: the stored mail then has the truth. */
  readonly headersTruncated: boolean;
  /** Where the raw mail lies in its store. */
  readonly storageKey: string;
  /** `event`: SES said so. `rebuilt`: read from the headers of the stored mail. */
  readonly origin: "event" | "rebuilt";
  /** Whether the verdicts are SES's word. A file from elsewhere can carry a forged verdict block (SES fact 1.10). */
  readonly verdictsTrusted: boolean;
}
