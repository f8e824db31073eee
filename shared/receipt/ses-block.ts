import type { Received } from "./received.ts";
import { readReceived } from "./received.ts";
import { splitStructuredField } from "./structured-field.ts";

/** A header field: its name in any case, its value unfolded. */
export interface Field {
  readonly name: string;
  readonly value: string;
}

/** The verdict fields in the order in which SES writes them; it leaves out those that it has no word for. */
const VERDICT_FIELDS = ["x-ses-spam-verdict", "x-ses-virus-verdict", "received-spf", "authentication-results"] as const;
type VerdictField = (typeof VERDICT_FIELDS)[number];

/** What SES wrote on top of a mail when it stored it. */
export interface SesBlock {
  readonly received: Received;
  readonly verdicts: ReadonlyMap<VerdictField, string>;
}

const SES_HOST = /^inbound-smtp\.[a-z0-9-]+\.amazonaws\.com$/i;
const SES_AUTHSERV_ID = "amazonses.com";

/**
 * Finds SES's own block on top of a stored mail (SES fact 1.10, security note): Return-Path, the Received field of
 * `inbound-smtp.<region>.amazonaws.com`, then an unbroken run of verdict fields.
 *
 * SES puts its block above all that the sender wrote. The run ends at the first other name, at a name that comes a
 * second time or out of SES's order, and at results of another server: from there on the fields are the sender's,
 * who can write `X-SES-Spam-Verdict: PASS` as well as anybody.
 *
 * @returns `undefined` when no such block is on top
 */
export function findSesBlock(fields: readonly Field[]): SesBlock | undefined {
  const [first, second] = fields;
  if (first?.name.toLowerCase() !== "return-path" || second?.name.toLowerCase() !== "received") return undefined;
  const received = readReceived(second.value);
  if (!SES_HOST.test(received.by ?? "")) return undefined;
  return { received, verdicts: verdictRun(fields.slice(2, 2 + VERDICT_FIELDS.length)) };
}

function verdictRun(fields: readonly Field[]): Map<VerdictField, string> {
  const run = new Map<VerdictField, string>();
  let rest: readonly VerdictField[] = VERDICT_FIELDS;
  for (const { name, value } of fields) {
    const field = rest.find((each) => each === name.toLowerCase());
    if (field === undefined || (field === "authentication-results" && authservId(value) !== SES_AUTHSERV_ID)) break;
    run.set(field, value);
    rest = VERDICT_FIELDS.slice(VERDICT_FIELDS.indexOf(field) + 1);
  }
  return run;
}

function authservId(value: string): string | undefined {
  return splitStructuredField(value).parts[0]?.words[0]?.toLowerCase();
}
