import type { DnsResolver } from "../../shared/ports.ts";
import type { DomainIdentity } from "../deployment/read-identity.ts";
import { receivingDomains } from "../dns/receiving-domains.ts";
import { dkimRecords } from "../dns/records.ts";
import { checkDkim } from "./checks/dkim.ts";
import { checkDmarc, type DmarcRecords, dmarcDomains, isDmarc } from "./checks/dmarc.ts";
import { checkMailFrom } from "./checks/mail-from.ts";
import { checkMx, noteSubdomains } from "./checks/mx.ts";
import { type Examination, examination } from "./examine.ts";
import type { Subject } from "./subject.ts";

const NEEDS = "a name server that answers; --dns-file takes a zone file in its place";

/** What DNS alone tells. */
export function dnsExaminations({ deployment }: Subject, resolver: DnsResolver): readonly Examination[] {
  const { Domain, Region, DmarcPolicy } = deployment;
  const { domains, parents } = receivingDomains(deployment);
  return [
    ...domains.map((domain) =>
      examination(
        "mx",
        NEEDS,
        () => resolver.resolve(domain, "MX"),
        (values) => checkMx(domain, Region, values),
      ),
    ),
    ...parents.map((parent) => examination("mx", "nothing", () => parent, noteSubdomains)),
    examination(
      "dmarc",
      NEEDS,
      () => readDmarc(Domain, resolver),
      (records) => checkDmarc(Domain, DmarcPolicy, records),
    ),
  ];
}

/** Up to the record that counts: what is above it need not be known. */
async function readDmarc(domain: string, resolver: DnsResolver): Promise<readonly DmarcRecords[]> {
  const found: DmarcRecords[] = [];
  for (const each of dmarcDomains(domain)) {
    const txt = await resolver.resolve(`_dmarc.${each}`, "TXT");
    found.push({ domain: each, txt });
    if (txt.some(isDmarc)) break;
  }
  return found;
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
