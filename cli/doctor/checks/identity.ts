import type { DomainIdentity } from "../../deployment/read-identity.ts";
import { error, type Found, ok } from "../finding.ts";
import type { Subject } from "../subject.ts";

const UNVERIFIED = "SES takes no mail for a domain that is not verified, and sends none from it.";

/** @param identity `undefined`: SES does not know the domain */
export function checkIdentity({ deployment, ...to }: Subject, identity: DomainIdentity | undefined): readonly Found[] {
  const { Domain, Region, OwnsIdentity } = deployment;
  if (identity === undefined)
    return [
      error(
        `SES does not know ${Domain} in ${Region}`,
        UNVERIFIED,
        OwnsIdentity ? to.deploy : to.aws(`sesv2 create-email-identity --email-identity ${Domain}`),
      ),
    ];
  if (identity.isVerified) return [ok(`${Domain} is verified`)];
  return [
    error(
      `${Domain} is not verified (${identity.verificationStatus})`,
      `${UNVERIFIED} It is as soon as SES finds its DKIM records, which may take 72 hours.`,
      to.command("dns"),
    ),
  ];
}
