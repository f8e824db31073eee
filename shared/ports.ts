import type { Readable } from "node:stream";
import type { Alert } from "./alerts/alert.ts";
import type { MailEntry } from "./inbound/mail-entry.ts";
import type { ReceiptRule, ReceiptRuleSet } from "./receipt/receipt-rule.ts";
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
  /** Stores raw bytes under a key where nothing is; what is there already stays as it is. */
  put(key: string, raw: Uint8Array): Promise<void>;
  /** Takes away what is under a key, every version of it; nothing there is no error. */
  remove(key: string): Promise<void>;
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

/** What we keep of each mail, and what has been done for it. All reading is strongly consistent but for `list`. */
export interface MailLog {
  find(key: string): Promise<MailEntry | undefined>;
  /**
   * Writes an entry, if the log still holds the version that it was made from: `entry.version - 1`, or nothing for 1.
   *
   * @returns false when another writing came in between; then nothing was written
   */
  put(entry: MailEntry): Promise<boolean>;
  /** Every entry, in no particular order. May lag behind writings. */
  list(): AsyncIterable<MailEntry>;
  /** Takes an entry away for good; one that is not there is no error. */
  remove(key: string): Promise<void>;
}

/** Unwraps the keys of mails that SES encrypted before it stored them (SES fact 1.10.1). */
export interface DataKeys {
  /**
   * @param encryptedKey as it came with the mail
   * @param context the encryption context: exactly what the mail's material description says
   * @returns the 32 bytes of the data key
   */
  decrypt(encryptedKey: Uint8Array, context: Readonly<Record<string, string>>): Promise<Uint8Array>;
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
  /**
   * Suppressed addresses, expired ones included: each reason in the order of its weight, ascending by `since`. Forgotten addresses stand
   * among them, under the key of their hash. May lag behind writings.
   */
  list(filter?: SuppressionFilter): AsyncIterable<Suppression>;
  /** Takes away one item of evidence; one that is not there is no error. */
  removeEvidence(evidence: Evidence): Promise<void>;
  /**
   * Takes away the state of an address, if the table still holds this version.
   *
   * @returns false when another writing came in between; then nothing was taken away
   */
  removeState(state: Suppression): Promise<boolean>;
  /** The secret under which addresses are forgotten; `undefined` as long as none was. May lag behind its making: see `KeptSalt`. */
  salt(): Promise<string | undefined>;
  /**
   * Keeps a secret for good, unless there is one already.
   *
   * @param now ISO 8601 in UTC with milliseconds
   */
  keepSalt(salt: string, now: string): Promise<KeptSalt>;
}

/** The secret of a table: the first that was kept. */
export interface KeptSalt {
  readonly salt: string;
  /** From then on every reader of the table knows it: ISO 8601 in UTC with milliseconds; `null`: they do already. */
  readonly knownFrom: string | null;
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

/** SES's receipt rule sets of the account and region (SES fact 1.5). A change counts for mail that arrives after it. */
export interface ReceiptRuleSets {
  /** The one set whose rules SES goes by; `undefined`: it receives no mail. */
  active(): Promise<ReceiptRuleSet | undefined>;
  find(name: string): Promise<ReceiptRuleSet | undefined>;
  /** Makes a set the active one in place of whatever is; `undefined`: SES receives no mail from then on. */
  activate(name: string | undefined): Promise<void>;
  /** Puts a new rule behind the one named `after`; without it, before all others. */
  addRule(set: string, rule: ReceiptRule, after: string | undefined): Promise<void>;
  /** Replaces the rule of the same name, which keeps its place. */
  updateRule(set: string, rule: ReceiptRule): Promise<void>;
  /** Puts a rule behind the one named `after`; without it, before all others. */
  moveRule(set: string, rule: string, after: string | undefined): Promise<void>;
  /** Takes a rule out of a set; one that is not there is no error. */
  removeRule(set: string, rule: string): Promise<void>;
}

/** A message that could not be handled, taken from its dead-letter queue. */
export interface DeadLetter {
  readonly id: string;
  readonly body: string;
  /** ISO 8601 in UTC with milliseconds; `null`: the queue does not say. */
  readonly sentAt: string | null;
  /** How often it was taken from the queue, this time included. */
  readonly receiveCount: number;
  /** What it is removed or given back by. Of several takings the last counts. */
  readonly handle: string;
}

/** A dead-letter queue. What is taken from it comes back by itself after some minutes, unless it is removed. */
export interface DeadLetters {
  /** About how many can be taken, and how many somebody has taken and neither removed nor given back. */
  depth(): Promise<{ readonly waiting: number; readonly taken: number }>;
  /** Takes up to `limit` letters, at most 10; none: no more can be taken now. One may come twice. */
  take(limit: number): Promise<readonly DeadLetter[]>;
  remove(letter: DeadLetter): Promise<void>;
  /** Lets others take it again at once; one that came back by itself is no error. */
  giveBack(letter: DeadLetter): Promise<void>;
}

/** What a source of rules has. `unchanged`: what is known of it already. */
type RulesReading =
  | { readonly kind: "unchanged" | "missing" }
  | { readonly kind: "read"; readonly text: string; readonly eTag: string };

/** A rules file as it was once. */
interface EarlierRules {
  /** Of the version. */
  readonly id: string;
  readonly text: string;
}

/** Where a rules file lies that may change while functions run. Rejects, within seconds, when that cannot be told. */
export interface RulesSource {
  /** @param known the ETag of what was read last */
  read(known?: string): Promise<RulesReading>;
  /** What the file was before, newest first, a few versions; each is read when it is asked for. */
  earlier(): AsyncIterable<EarlierRules>;
}

export type DnsType = "CNAME" | "MX" | "TXT";

/** What DNS says. */
export interface DnsResolver {
  /**
   * What the records of a name say, in no particular order; none: there are no such records. `MX` is `10 mail.example.com`, a `TXT` of several
   * texts is one. Names are in lower case and without the dot at their end. Aliases are followed, unless `CNAME` is asked for.
   *
   * Rejects when that cannot be told.
   */
  resolve(name: string, type: DnsType): Promise<readonly string[]>;
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
