import type { DnsResolver } from "../../shared/ports.ts";
import type { DomainIdentity } from "../deployment/read-identity.ts";
import { dkimRecords } from "../dns/records.ts";
import { checkDkim } from "./checks/dkim.ts";
import { checkDmarc, dmarcDomains } from "./checks/dmarc.ts";
import { checkMailFrom } from "./checks/mail-from.ts";
import { checkMx } from "./checks/mx.ts";
import { type Examination, examination } from "./examine.ts";
import type { Found } from "./finding.ts";
import { receivingDomains, type Subject } from "./subject.ts";

const NEEDS = "a name server that answers; --dns-file takes a zone file in its place";

/** What DNS alone tells. */
export function dnsExaminations({ deployment }: Subject, resolver: DnsResolver): readonly Examination[] {
  const { Domain, Region, DmarcPolicy } = deployment;
  return [
    ...receivingDomains(deployment).map((domain) =>
      examination(
        "mx",
        NEEDS,
        () => resolver.resolve(domain, "MX"),
        (values) => checkMx(domain, Region, values).map((found) => (domain === Domain ? found : lessGrave(found))),
      ),
    ),
    examination(
      "dmarc",
      NEEDS,
      () =>
        Promise.all(
          dmarcDomains(Domain).map(async (domain) => ({
            domain,
            txt: await resolver.resolve(`_dmarc.${domain}`, "TXT"),
          })),
        ),
      (records) => checkDmarc(Domain, DmarcPolicy, records),
    ),
  ];
}

/** Another domain that recipients are at may have its mail elsewhere, and hand some of it on. */
function lessGrave(found: Found): Found {
  return found.level === "error" ? { ...found, level: "warning" } : found;
}

/** What DNS has to say because of what SES knows of the domain. */
export function identityDnsExaminations(
  subject: Subject,
  resolver: DnsResolver,
  readIdentity: () => Promise<DomainIdentity | undefined>,
): readonly Examination[] {
  const { Domain } = subject.deployment;
  return [
    {
      check: "dkim",
      needs: `ses:GetEmailIdentity, and ${NEEDS}`,
      async examine() {
        const identity = await readIdentity();
        if (identity === undefined) return [];
        const records = identity.dkim.easy === undefined ? [] : dkimRecords(Domain, identity.dkim.easy);
        const asked = records.map(async (record) => ({ record, values: await resolver.resolve(record.name, "CNAME") }));
        return checkDkim(subject, identity, await Promise.all(asked));
      },
    },
    mailFromExamination(subject, resolver, async () => (await readIdentity())?.mailFrom),
  ];
}

/** @param readMailFrom `undefined`: the domain has no MAIL FROM domain of its own */
export function mailFromExamination(
  { deployment }: Subject,
  resolver: DnsResolver,
  readMailFrom: () => Promise<KnownMailFrom | undefined>,
): Examination {
  const { Domain, Region } = deployment;
  return {
    check: "mail-from",
    needs: `ses:GetEmailIdentity, and ${NEEDS}`,
    async examine() {
      const known = await readMailFrom();
      if (known === undefined) return checkMailFrom(Domain, Region, undefined);
      const [mx, txt] = await Promise.all([
        resolver.resolve(known.domain, "MX"),
        resolver.resolve(known.domain, "TXT"),
      ]);
      return checkMailFrom(Domain, Region, { ...known, mx, txt });
    },
  };
}

interface KnownMailFrom {
  readonly domain: string;
  readonly status: string | undefined;
  readonly rejectsWithoutIt: boolean;
}
