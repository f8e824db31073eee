import type { Readable } from "node:stream";
import type { Alert } from "./alerts/alert.ts";
import type { MailRecord } from "./inbound/record.ts";
import type { Evidence, Shelf, Suppression, SuppressionReason } from "./suppression/suppression.ts";

// What the domain needs from outside. Each port has an implementation on AWS and a local one, and one contract suite.

/** A raw mail opened for reading, once. */
export interface OpenedMail {
  readonly key: string;
  /** Bytes, where the store knows it beforehand. */
  readonly size: number | undefined;
  /** Raw bytes. The caller reads it to its end or destroys it. A store that fails midway makes it emit `error`. */
  readonly body: Readable;
}

/** Raw mails by key. They are never changed. */
export interface MailStore {
  /**
   * @throws {MailNotFoundError} when there is none under this key
   * @throws {MailAccessDeniedError} when it may not be read
   */
  open(key: string): Promise<OpenedMail>;
  /** Stores raw bytes under a key; the same bytes again change nothing. */
  put(key: string, raw: Uint8Array): Promise<void>;
  /** Keys that begin with `prefix`, in ascending byte order. */
  list(prefix: string): AsyncIterable<string>;
}

/** Where alerts go. */
export interface AlertTopic {
  /**
   * Publishes each alert to the topic that it names, at least once. Failures of single alerts are tried again.
   *
   * @throws {PublishError} naming the alerts that remained unpublished; all others were published
   * @throws {ConfigurationError} before anything is published, when an alert names a topic that is not configured
   */
  publish(alerts: readonly Alert[]): Promise<void>;
}

/** What we keep of each mail, and what has been done for it. */
export interface MailLog {
  find(sesMessageId: string): Promise<MailRecord | undefined>;
  /** Writes the record, in place of an earlier one of the same mail. */
  save(record: MailRecord): Promise<void>;
}

/**
 * Addresses with their evidence. All reading is strongly consistent but for `list`; every writing is of one item, on a condition,
 * so that any number of handlers may write at once.
 */
export interface SuppressionTable {
  /** @param address canonical */
  get(address: string): Promise<Suppression | undefined>;
  /** Adds evidence; what is there already (same address, shelf, time and id) stays as it is. */
  addEvidence(evidence: Evidence): Promise<void>;
  /** Evidence of one shelf, the newest first (that without a time last), `limit` items at most. */
  evidence(address: string, shelf: Shelf, limit: number): Promise<readonly Evidence[]>;
  /**
   * Writes the state of an address, if the table still holds the version that it was made from: `state.version - 1`, or nothing for 1.
   *
   * @returns false when another writing came in between; then nothing was written
   */
  put(state: Suppression): Promise<boolean>;
  /** Suppressed addresses, expired ones included: each reason in the order of its weight, ascending by `since`. May lag behind writings. */
  list(filter?: SuppressionFilter): AsyncIterable<Suppression>;
}

export interface SuppressionFilter {
  readonly reason?: SuppressionReason | undefined;
  /** ISO 8601 in UTC with milliseconds: only those suppressed at this time or later. */
  readonly since?: string | undefined;
}

/** SES's two reasons (SES fact 3.2). */
export type AccountReason = "BOUNCE" | "COMPLAINT";

/** An entry of SES's account suppression list. */
export interface AccountEntry {
  /** As it was put: SES keeps the spelling. */
  readonly address: string;
  readonly reason: AccountReason;
  /** ISO 8601 in UTC with milliseconds. */
  readonly since: string;
}

/** SES's suppression list of the account and region. Addresses are told apart by their case (SES fact 3.3). */
export interface AccountSuppressionList {
  list(): AsyncIterable<AccountEntry>;
  /** Adds an address, or changes its reason. */
  put(address: string, reason: AccountReason): Promise<void>;
  /** Takes off an address, in exactly this spelling; one that is not there is no error. */
  remove(address: string): Promise<void>;
}

/** What time it is. */
export interface Clock {
  /** ISO 8601 in UTC with milliseconds. */
  now(): string;
}

/**
 * Structured log lines: ids, counts and codes only, never content, subjects or addresses of a mail.
 * `event` is a short fixed phrase; all that varies goes into `fields`.
 */
export interface Log {
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
}
export type LogFields = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;
