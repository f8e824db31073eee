import type { VerdictStatus } from "./receipt.ts";
import { splitStructuredField } from "./structured-field.ts";

/** The results of RFC 8601 section 2.7 and its older spellings, as SES's verdicts call them (SES fact 1.9.1). */
const STATUS_OF_RESULT: ReadonlyMap<string, VerdictStatus> = new Map<string, VerdictStatus>([
  ["pass", "PASS"],
  ["fail", "FAIL"],
  ["hardfail", "FAIL"],
  ["none", "GRAY"],
  ["neutral", "GRAY"],
  ["softfail", "GRAY"],
  ["policy", "GRAY"],
  ["temperror", "PROCESSING_FAILED"],
  ["permerror", "PROCESSING_FAILED"],
  ["error", "PROCESSING_FAILED"],
  ["unknown", "PROCESSING_FAILED"],
]);

/** Of several results of one check, the one that comes first here counts. */
const MOST_CAUTIOUS_FIRST = ["FAIL", "PROCESSING_FAILED", "GRAY", "PASS"] as const;

interface Result {
  readonly method: string;
  readonly status: VerdictStatus;
  readonly properties: ReadonlyMap<string, string>;
}

/** The verdicts of an Authentication-Results field; a check that it does not name is absent. */
export interface AuthenticationVerdicts {
  readonly spf?: VerdictStatus;
  readonly dkim?: VerdictStatus;
  readonly dmarc?: VerdictStatus;
}

/**
 * Reads the results that SES wrote into an Authentication-Results field (RFC 8601).
 *
 * A check that is missing because the field breaks off inside a comment or a quoted string is not absent but
 * PROCESSING_FAILED: a host that calls itself `(` shall not hide the `dmarc=fail` behind it.
 */
export function readAuthenticationResults(value: string): AuthenticationVerdicts {
  const { parts, complete } = splitStructuredField(value);
  const results = parts.slice(1).flatMap((part) => readResult(part.words));
  const missing = complete ? undefined : "PROCESSING_FAILED";
  const verdicts = {
    spf: mostCautious(statuses(results, "spf")) ?? missing,
    dkim: dkimStatus(results) ?? missing,
    dmarc: mostCautious(statuses(results, "dmarc")) ?? missing,
  };
  return Object.fromEntries(Object.entries(verdicts).filter(([, status]) => status !== undefined));
}

/** Reads the result that a Received-SPF field begins with (RFC 7208 section 9.1). */
export function readReceivedSpf(value: string): VerdictStatus {
  return statusOf(splitStructuredField(value).parts[0]?.words[0]);
}

function statusOf(result: string | undefined): VerdictStatus {
  return STATUS_OF_RESULT.get(result?.toLowerCase() ?? "") ?? "GRAY";
}

/** `method=result property=value …`, white space around the signs allowed (RFC 8601 section 2.2). */
function readResult(words: readonly string[]): Result[] {
  const [methodSpec = "", ...rest] = words.join(" ").split("=");
  const method = methodSpec.split("/", 1)[0]?.trim().toLowerCase() ?? "";
  if (rest.length === 0 || method === "") return [];
  const [result, ...pairs] = rest.join("=").trim().split(" ");
  const properties = new Map<string, string>();
  for (const pair of pairs) {
    const [name = "", ...value] = pair.split("=");
    properties.set(name.toLowerCase(), value.join("=").toLowerCase());
  }
  return [{ method, status: statusOf(result), properties }];
}

function statuses(results: readonly Result[], method: string): VerdictStatus[] {
  return results.filter((result) => result.method === method).map((result) => result.status);
}

function mostCautious(found: readonly VerdictStatus[]): VerdictStatus | undefined {
  return MOST_CAUTIOUS_FIRST.find((status) => found.includes(status));
}

/**
 * One good signature is enough, however many others broke on the way (RFC 6376 section 6.1), but it must be the From
 * domain's: SES calls a signature of another domain GRAY.
 */
function dkimStatus(results: readonly Result[]): VerdictStatus | undefined {
  const from = fromDomain(results);
  const found = results
    .filter(({ method }) => method === "dkim")
    .map(({ status, properties }) => (status === "PASS" && !isAligned(signer(properties), from) ? "GRAY" : status));
  return found.includes("PASS") ? "PASS" : mostCautious(found);
}

/** The domain that signed; empty for an identity that names none, so that it is nobody's. */
function signer(properties: Result["properties"]): string | undefined {
  const identity = properties.get("header.i")?.split("@");
  return properties.get("header.d") ?? (identity !== undefined && identity.length > 2 ? "" : identity?.at(-1));
}

/** What the field does not say counts as aligned. */
function isAligned(signer: string | undefined, from: string | undefined): boolean {
  return signer === undefined || from === undefined || isSameOrBelow(from, signer);
}

/**
 * Relaxed alignment (RFC 7489 section 3.1.1), as far as it goes without a list of public suffixes: the same domain, or one below the other,
 * and `com` signs for nobody.
 */
export function isSameOrBelow(domain: string, signer: string): boolean {
  if (domain === signer) return true;
  return domain.endsWith(`.${signer}`) ? signer.includes(".") : signer.endsWith(`.${domain}`);
}

/** The domains whose DKIM signatures held, lower case, each as often as it signed. */
export function passingSigners(value: string): readonly string[] {
  return resultsIn(value)
    .filter(({ method, status }) => method === "dkim" && status === "PASS")
    .flatMap(({ properties }) => signer(properties) ?? []);
}

/** The domain that DMARC was checked for, lower case: that of the From as SES read it. */
export function dmarcDomain(value: string): string | undefined {
  return fromDomain(resultsIn(value)) || undefined;
}

function resultsIn(value: string): readonly Result[] {
  return splitStructuredField(value)
    .parts.slice(1)
    .flatMap((part) => readResult(part.words));
}

function fromDomain(results: readonly Result[]): string | undefined {
  return results.find(({ method }) => method === "dmarc")?.properties.get("header.from");
}
