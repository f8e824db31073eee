/** What the caller should do: try the same input again later, or set it aside for good. */
export type Retry = "retry" | "discard";

/**
 * The base of everything that Mailroom itself can say went wrong.
 *
 * `name` is spelled out in each class, because minified bundles rename classes. An error of the AWS SDK
 * that is about the call and not about a mail or an alert passes through as it is, and is retried.
 */
export abstract class MailroomError extends Error {
  abstract override readonly name: string;
  /** Stable, for machines: SCREAMING_SNAKE. */
  abstract readonly code: string;
  abstract readonly retry: Retry;
}

/** An event is not of the shape that SES, SNS or S3 send. `path` says where, in the form `Records[0].ses.mail`. */
export class MalformedEventError extends MailroomError {
  override readonly name = "MalformedEventError";
  override readonly code = "MALFORMED_EVENT";
  /** Retried, so that Lambda carries it to the dead-letter queue, where a person can look at it. */
  override readonly retry = "retry";
  readonly path: string;

  constructor(path: string, expected: string, got: string) {
    super(`${path || "event"}: expected ${expected}, got ${got}`);
    this.path = path;
  }
}

/** Something about one mail in its store. */
export abstract class StoredMailError extends MailroomError {
  /** The storage key; it can be a path that a person chose. */
  readonly key: string;

  constructor(key: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.key = key;
  }
}

/** The store has no mail under this key (yet). */
export class MailNotFoundError extends StoredMailError {
  override readonly name = "MailNotFoundError";
  override readonly code = "MAIL_NOT_FOUND";
  override readonly retry = "retry";

  constructor(key: string, options?: ErrorOptions) {
    super(key, `No mail is stored under "${key}"`, options);
  }
}

const NOT_ALLOWED =
  "Either the role may not read it (s3:GetObject), or it does not exist and the role may not list the bucket (s3:ListBucket)";

/** The store refuses to show what is under this key; S3 says so also of a missing key when `s3:ListBucket` is not allowed. */
export class MailAccessDeniedError extends StoredMailError {
  override readonly name = "MailAccessDeniedError";
  override readonly code = "MAIL_ACCESS_DENIED";
  override readonly retry = "retry";
  /** What may be the reason, and what to do; nothing of the key. */
  readonly why: string;

  constructor(key: string, { why = NOT_ALLOWED, ...options }: ErrorOptions & { readonly why?: string } = {}) {
    super(key, `Reading "${key}" is denied. ${why}`, options);
    this.why = why;
  }
}

/** SES encrypted the mail with a KMS key (SES fact 1.10.1), and either no key service is configured or it may not be used. */
export class MailEncryptedError extends StoredMailError {
  override readonly name = "MailEncryptedError";
  override readonly code = "MAIL_ENCRYPTED";
  override readonly retry = "retry";

  constructor(key: string, options?: ErrorOptions) {
    const what = "To read it, the role needs kms:Decrypt on that key; a key of another account must allow it too";
    super(key, `"${key}" was encrypted by SES with a KMS key. ${what}`, options);
  }
}

/** SES encrypted the mail, and it cannot be decrypted by anybody: it is damaged, too large, or in a form that we do not know. */
export class MailUndecryptableError extends StoredMailError {
  override readonly name = "MailUndecryptableError";
  override readonly code = "MAIL_UNDECRYPTABLE";
  override readonly retry = "discard";
  /** What was expected and what came; nothing of the mail's content. */
  readonly why: string;

  constructor(key: string, why: string, options?: ErrorOptions) {
    super(key, `"${key}" was encrypted by SES and cannot be decrypted: ${why}`, options);
    this.why = why;
  }
}

/** One or more alerts could not be published, after retries. */
export class PublishError extends MailroomError {
  override readonly name = "PublishError";
  override readonly code = "PUBLISH_FAILED";
  override readonly retry = "retry";
  /** Alert ids that were not published; every other alert of the call was. */
  readonly failedIds: readonly string[];

  constructor(failures: readonly { id: string; reason: string }[], options?: ErrorOptions) {
    super(
      `${failures.length} alert(s) not published: ${failures.map(({ id, reason }) => `${id} (${reason})`).join(", ")}`,
      options,
    );
    this.failedIds = failures.map(({ id }) => id);
  }
}

/** Another run works on the mail, and it can be told only later whether it came to its end. What was announced is put down. */
export class MailClaimedError extends MailroomError {
  override readonly name = "MailClaimedError";
  override readonly code = "MAIL_CLAIMED";
  override readonly retry = "retry";

  /** @param until ISO 8601: when the other run counts as dead, if it has not ended before; unknown when the mail was forgotten meanwhile */
  constructor(until?: string) {
    super(`Another run works on this mail; if it has died, the mail can be taken over at ${until ?? "once"}`);
  }
}

/** A run was about to act on a mail when its time with it was over: by now another may do so. */
export class LeaseExpiredError extends MailroomError {
  override readonly name = "LeaseExpiredError";
  override readonly code = "LEASE_EXPIRED";
  override readonly retry = "retry";

  constructor(until: string) {
    super(`The work on this mail took longer than it was claimed for (until ${until}); nothing more was done`);
  }
}

/** Others kept changing a mail's entry in the mail log while it was to be written. */
export class MailLogContentionError extends MailroomError {
  override readonly name = "MailLogContentionError";
  override readonly code = "MAIL_LOG_CONTENTION";
  override readonly retry = "retry";

  constructor(attempts: number) {
    super(`A mail's entry in the log was changed by others during each of ${attempts} attempts to write it`);
  }
}

/** Others kept changing what is known of an address while its suppression was being decided. The evidence is recorded. */
export class SuppressionContentionError extends MailroomError {
  override readonly name = "SuppressionContentionError";
  override readonly code = "SUPPRESSION_CONTENTION";
  override readonly retry = "retry";

  constructor(attempts: number) {
    super(`The suppression of an address was changed by others during each of ${attempts} attempts to write it`);
  }
}

/** Somebody else changed which receipt rule set is active, what we keep of that, or the uploaded rules, while a command was about to. */
export class RuleSetContentionError extends MailroomError {
  override readonly name = "RuleSetContentionError";
  override readonly code = "RULE_SET_CONTENTION";
  override readonly retry = "retry";

  constructor(what: string) {
    super(
      `${what} was changed by somebody else meanwhile, and stays as it is now: look at it, and run the command again`,
    );
  }
}

/** SES does not put an address on the account suppression list. */
export class AccountListError extends MailroomError {
  override readonly name = "AccountListError";
  override readonly code = "ACCOUNT_LIST_REFUSED";
  override readonly retry = "discard";

  constructor(said: string, options?: ErrorOptions) {
    super(
      `SES refuses to put it on the account suppression list (${said}). An account in the sandbox cannot put addresses there: it needs production access`,
      options,
    );
  }
}

/** What the person who deployed or called us must put right: a missing variable, an unknown topic name. */
export class ConfigurationError extends MailroomError {
  override readonly name = "ConfigurationError";
  override readonly code = "CONFIGURATION";
  override readonly retry = "retry";
}

/** One thing wrong in a file that a person wrote for us. `line` and `column` count from 1. */
export interface FileProblem {
  readonly line: number;
  readonly column: number;
  /** Where in the file, in the form `rules[0].when.keywords`. */
  readonly path: string;
  readonly message: string;
}

/** A file of the user that cannot be used; carries every problem found, in the order of the file. */
export abstract class FileProblemsError extends MailroomError {
  override readonly retry = "retry";
  readonly problems: readonly FileProblem[];

  constructor(file: string, problems: readonly FileProblem[]) {
    super(problems.map((p) => `${file}:${p.line}:${p.column}: ${p.message}`).join("\n"));
    this.problems = problems;
  }
}

/** A rules file that cannot be used. */
export class RulesFileError extends FileProblemsError {
  override readonly name = "RulesFileError";
  override readonly code = "RULES_FILE";
}

/** A suppression file (`suppression.yml`) that cannot be used. */
export class SuppressionFileError extends FileProblemsError {
  override readonly name = "SuppressionFileError";
  override readonly code = "SUPPRESSION_FILE";
}

/** A DNS zone file that cannot be used. */
export class ZoneFileError extends FileProblemsError {
  override readonly name = "ZoneFileError";
  override readonly code = "ZONE_FILE";
}

/** A zone file was asked for a name that it is not about. */
export class NotInZoneError extends MailroomError {
  override readonly name = "NotInZoneError";
  override readonly code = "NOT_IN_ZONE";
  override readonly retry = "discard";

  constructor(asked: string) {
    super(`${asked} is not in the zone file`);
  }
}

/** An SNS action sent a mail as UTF-8 that is none: what could not be written so was replaced, and is nowhere in what came. */
export class LossyContentError extends MailroomError {
  override readonly name = "LossyContentError";
  override readonly code = "LOSSY_CONTENT";
  /** Retried, so that it comes to the dead-letter queue rather than be forgotten. */
  override readonly retry = "retry";
  readonly path: string;

  constructor(path: string) {
    super(
      `${path || "event"}: the mail is not UTF-8, and characters of it were replaced before it came here. Set the encoding of the SNS action to Base64`,
    );
    this.path = path;
  }
}

/** The `code` of an error of ours, of Node (`ENOENT`) or of a library; `undefined` where there is none. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}
