import { zoneLine } from "../../dns/record-line.ts";
import { mailFromRecords } from "../../dns/records.ts";
import { error, type Found, info, ok, warning } from "../finding.ts";

/** What DNS and SES say of the domain of envelope senders (SES fact 5.2). */
export interface MailFromFacts {
  readonly domain: string;
  readonly mx: readonly string[];
  readonly txt: readonly string[];
  /** SES's word for it; `undefined`: SES was not asked. */
  readonly status: string | undefined;
  /** Mail is refused while SES does not find the MX record; else it goes out under SES's own domain. */
  readonly rejectsWithoutIt: boolean;
}

/** @param facts `undefined`: the identity has no such domain */
export function checkMailFrom(domain: string, region: string, facts: MailFromFacts | undefined): readonly Found[] {
  if (facts === undefined)
    return [
      info(`${domain} has no MAIL FROM domain of its own`, "What it sends passes DMARC by its DKIM signature alone."),
    ];
  const [mx, spf] = mailFromRecords(facts.domain, region);
  const consequence = facts.rejectsWithoutIt
    ? "SES refuses to send for the domain without it."
    : "SES sends under its own domain without it, and SPF counts for nothing in DMARC.";
  const found = [
    ...(facts.mx.length === 1 && facts.mx[0] === mx.value
      ? []
      : [
          error(
            `the MX record of ${facts.domain} is ${shown(facts.mx)}`,
            `${consequence} It must be the only one.`,
            zoneLine(mx),
          ),
        ]),
    ...checkSpf(facts, zoneLine(spf)),
  ];
  if (found.length > 0) return found;
  if (facts.status !== undefined && facts.status !== "SUCCESS")
    return [
      warning(
        `SES has not found the MX record of ${facts.domain} yet (${facts.status})`,
        `${consequence} It may take 72 hours.`,
      ),
    ];
  return [ok(`envelope senders are at ${facts.domain}, and SPF lets SES send for them`)];
}

function checkSpf({ domain, txt }: MailFromFacts, wanted: string): readonly Found[] {
  const policies = txt.filter((text) => /^v=spf1(?: |$)/i.test(text));
  const [policy] = policies;
  if (policies.length > 1)
    return [
      error(
        `${domain} has ${policies.length} SPF records`,
        "With more than one, SPF fails for every mail (RFC 7208).",
        wanted,
      ),
    ];
  if (policy?.toLowerCase().split(" ").includes("include:amazonses.com")) return [];
  return [
    error(
      policy === undefined
        ? `${domain} has no SPF record`
        : `the SPF record of ${domain} does not let SES send: ${policy}`,
      "SPF does not pass for what the domain sends.",
      wanted,
    ),
  ];
}

function shown(values: readonly string[]): string {
  return values.length === 0 ? "missing" : values.join(", ");
}
