import type { DomainIdentity } from "../../deployment/read-identity.ts";
import { zoneLine } from "../../dns/record-line.ts";
import type { NeededRecord } from "../../dns/records.ts";
import { error, type Found, ok, warning } from "../finding.ts";
import type { Subject } from "../subject.ts";

/** One of the three records, and what DNS says in its place. */
export interface DkimRecord {
  readonly record: NeededRecord;
  readonly values: readonly string[];
}

const UNSIGNED = "Mail that the domain sends is not signed, and fails DMARC wherever SPF does not save it.";

/** SES fact 5.2. SES looks for the records by itself, for 72 hours, and again and again after it found them. */
export function checkDkim(
  { deployment, aws }: Subject,
  { dkim }: Pick<DomainIdentity, "dkim">,
  records: readonly DkimRecord[],
): readonly Found[] {
  const { Domain } = deployment;
  const wrong = records.filter(({ record, values }) => !values.includes(record.value.toLowerCase()));
  if (wrong.length > 0)
    return [
      error(
        `${wrong.length} of the ${records.length} DKIM records of ${Domain} ${wrong.length === 1 ? "is" : "are"} missing or wrong`,
        `${UNSIGNED} What SES verified by them it takes back.`,
        ...wrong.map(({ record }) => zoneLine(record)),
      ),
    ];
  const begin = aws(`ses verify-domain-dkim --domain ${Domain}`);
  if (dkim.status === "NOT_STARTED") return [error(`DKIM was never begun for ${Domain}`, UNSIGNED, begin)];
  if (dkim.status === "PENDING" || dkim.status === "TEMPORARY_FAILURE")
    return [
      warning(
        `SES has not found the DKIM records of ${Domain} yet (${dkim.status})`,
        `${UNSIGNED} It may take 72 hours.`,
      ),
    ];
  if (dkim.status !== "SUCCESS")
    return [
      error(
        `SES does not look for the DKIM records of ${Domain} any more (${dkim.status})`,
        UNSIGNED,
        dkim.ownSelector === undefined ? begin : ownKeyLine(Domain, dkim.ownSelector),
      ),
    ];
  if (!dkim.isSigning)
    return [
      error(
        `signing with DKIM is turned off for ${Domain}`,
        UNSIGNED,
        aws(`sesv2 put-email-identity-dkim-attributes --email-identity ${Domain} --signing-enabled`),
      ),
    ];
  return [
    ok(`what ${Domain} sends is signed with DKIM${dkim.ownSelector === undefined ? "" : ", with a key of your own"}`),
  ];
}

/** The key itself is known to its owner alone. */
function ownKeyLine(domain: string, selector: string): string {
  return zoneLine({ role: "dkim", name: `${selector}._domainkey.${domain}`, type: "TXT", value: "p=PUBLIC-KEY" });
}
