/** Characters of a diagnostic text that are examined. The attack: megabytes of text in which every pattern is looked for. */
export const MAX_EXAMINED = 2_000;

/** The class of a status: 2 success, 4 persistent transient failure, 5 permanent failure (RFC 3463 section 3.1). */
export type StatusClass = "2" | "4" | "5";

/**
 * RFC 3463 section 2: three numbers. The subject has one digit, so that `4.86.2` and `5.10.1` are versions and no codes;
 * what stands before and after must not make it a part of an IP address or of a word.
 */
const ENHANCED = /(?<![\w.])([245])\.(\d)\.(\d{1,3})(?![\d.]*\d)/g;

/** RFC 5321 section 4.2: the answer's code, as a word of its own, and no number of something: `timed out after 500 ms`. */
const REPLY =
  /(?:^|[\s:;,('"<>[\]#=/-])([45][0-5]\d)(?=$|[\s:;,.)'"#<-])(?!\s?(?:ms|milliseconds|s|sec|seconds|minutes|hours|days|bytes|kb|mb|times|attempts|messages|mails|recipients|connections|users|per)\b)/gi;

/** What `Status` says without its comment, `5.0.0 (permanent failure)`; `null` when it is none, or no failure. */
export function readStatus(status: string | null): string | null {
  return status === null ? null : (enhancedCodes(status.slice(0, 100))[0] ?? null);
}

/** The enhanced status codes in a text, in order. */
export function enhancedCodes(text: string): readonly string[] {
  return [...text.slice(0, MAX_EXAMINED).matchAll(ENHANCED)].map(
    ([, kind, subject, detail]) => `${kind}.${subject}.${Number(detail)}`,
  );
}

/** The SMTP reply code that a diagnostic text begins with, or the first in it: `550`. */
export function replyCode(text: string): string | null {
  const answer = text.slice(0, MAX_EXAMINED).replace(/^\s*[\w-]{1,20}\s*;\s*/, "");
  return [...answer.matchAll(REPLY)][0]?.[1] ?? null;
}

/** Whether a text has a code of RFC 3463 or RFC 5321 in it. */
export function hasCode(text: string): boolean {
  return enhancedCodes(text).length > 0 || replyCode(text) !== null;
}

/** Whether it says its class only (RFC 3463: X.0.0 is any error of which nothing but the class is known). */
export function isGeneric(status: string): boolean {
  return status.endsWith(".0.0");
}

export function classOf(code: string | null): StatusClass | null {
  const digit = code?.[0];
  return digit === "2" || digit === "4" || digit === "5" ? digit : null;
}

/**
 * Which status tells the truth, out of what the reporting server says (`Status`) and what the diagnostic text says.
 *
 * - The diagnostic's enhanced code counts when `Status` is missing or generic, for it is the answer of the server that refused.
 * - When the two are of different classes, the SMTP reply code decides: `Status: 5.0.0` with `450 4.7.1` is transient, `Status:
 *   4.4.7` with `550 5.1.1` is permanent (a reporting side that mislabels, trap 1.13). A reply that agrees with neither, or is not
 *   there, leaves `Status`, unless that is generic.
 * - Without an enhanced code in the text, `Status` stands, whatever the reply code is: Postfix writes `4.0.0` for a server that
 *   greets with 554, because it treats that as transient and tries the next one. The reply code counts only alone: 550 is 5.0.0.
 *
 * An action `failed` with 4.x.x (given up after retries) stays 4.x.x: the next mail may well arrive.
 */
export function chooseStatus(status: string | null, diagnosticCode: string | null): string | null {
  const stated = readStatus(status);
  const text = diagnosticCode ?? "";
  const answered = bestCode(enhancedCodes(text));
  const reply = replyCode(text);
  if (stated === null) return answered ?? (reply === null ? null : `${reply[0]}.0.0`);
  if (answered === null) return stated;
  if (classOf(stated) === classOf(answered)) return isGeneric(stated) ? answered : stated;
  const decisive = classOf(reply);
  if (decisive === classOf(answered)) return answered;
  return decisive !== classOf(stated) && isGeneric(stated) ? answered : stated;
}

/**
 * A text may hold several codes: IronPort (and SES on it) puts a summary before the answer it got, `5.1.0 - Unknown address error
 * 550-'5.7.1 …`. The most specific counts: X.Y.0 is less than X.Y.Z, X.0.0 the least; the first of equals.
 */
function bestCode(codes: readonly string[]): string | null {
  const failures = codes.filter((code) => classOf(code) !== "2");
  return (
    failures.find((code) => !code.endsWith(".0")) ?? failures.find((code) => !isGeneric(code)) ?? failures[0] ?? null
  );
}
