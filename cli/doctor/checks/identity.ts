import type { DomainIdentity } from "../../deployment/read-identity.ts";
import { error, type Found, info, ok } from "../finding.ts";
import type { Subject } from "../subject.ts";

const UNVERIFIED = "SES takes no mail for a domain that is not verified, and sends none from it.";

/** @param identity `undefined`: SES does not know the domain */
export function checkIdentity({ deployment, ...to }: Subject, identity: DomainIdentity | undefined): readonly Found[] {
  const { Domain, OwnsIdentity } = deployment;
  const create = OwnsIdentity ? to.deploy : to.aws(createIdentity(Domain));
  return check(deployment.Region, Domain, identity, { create, records: to.command("dns") });
}

/** The identity that a domain of recipients goes by: its own, or that of a domain above it. */
export interface NearestIdentity {
  readonly at: string;
  readonly identity: DomainIdentity;
}

/** @param nearest `undefined`: SES knows neither the domain nor one above it */
export function checkRecipientDomain(
  { deployment, aws }: Subject,
  domain: string,
  nearest: NearestIdentity | undefined,
): readonly Found[] {
  const own = nearest?.at === domain ? nearest.identity : undefined;
  // SES fact 1.6 is not certain of it.
  if (own === undefined && nearest?.identity.isVerified)
    return [
      info(
        `${domain} is verified as a part of ${nearest.at}`,
        "SES should take its mail by that. If none comes, verify it by itself.",
      ),
    ];
  const records = aws(`sesv2 get-email-identity --email-identity ${domain}`);
  return check(deployment.Region, domain, own, { create: aws(createIdentity(domain)), records });
}

function check(
  region: string,
  domain: string,
  identity: DomainIdentity | undefined,
  mend: { readonly create: string; readonly records: string },
): readonly Found[] {
  if (identity === undefined) return [error(`SES does not know ${domain} in ${region}`, UNVERIFIED, mend.create)];
  if (identity.isVerified) return [ok(`${domain} is verified`)];
  return [
    error(
      `${domain} is not verified${told(identity.verificationStatus)}`,
      `${UNVERIFIED} It is as soon as SES finds its DKIM records, which may take 72 hours.`,
      mend.records,
    ),
  ];
}

/** SES's word for it, where that does not say the opposite. */
function told(status: string | undefined): string {
  return status === undefined || status === "SUCCESS" ? "" : ` (${status})`;
}

function createIdentity(domain: string): string {
  return `sesv2 create-email-identity --email-identity ${domain}`;
}
