import type { Deployment } from "../deployment/outputs.ts";
import { readDeployment } from "../deployment/read-deployment.ts";
import type { DomainIdentity } from "../deployment/read-identity.ts";
import { EXIT } from "../exit-status.ts";
import { COMMAND } from "../help.ts";
import type { Console } from "../output/console.ts";
import { jsonLine } from "../output/printable.ts";
import { reasonOf } from "../reason.ts";
import { receivingDomains } from "./receiving-domains.ts";
import { TTL, zoneLine } from "./record-line.ts";
import { mxRecord, type NeededRecord, neededRecords } from "./records.ts";
import { changeBatch, leftOut, replaced } from "./route53-format.ts";
import { zoneFile } from "./zone-format.ts";

export interface DnsOptions {
  readonly stage: string;
  readonly region?: string;
  readonly format?: "zone" | "route53";
  readonly json?: true;
}

/** Prints the DNS records that a deployment needs. What is set already is not looked at: `doctor` does that. */
export async function dns(options: DnsOptions, console: Console): Promise<number> {
  const deployment = await readDeployment(options);
  const { identity, verificationToken } = await askSes(deployment, console);
  const { Domain: domain, Region: region, DmarcPolicy: dmarcPolicy } = deployment;
  const { domains, parents } = receivingDomains(deployment);
  const records = neededRecords({
    domain,
    receiving: domains,
    region,
    dkim: identity?.dkim.easy,
    mailFromDomain: mailFromDomain(deployment, identity),
    dmarcPolicy,
    verificationToken,
  });
  const remarks = [
    ...parents.map((parent) => unlisted(parent, region)),
    ...missing(deployment, identity, options),
    ...(options.format === "route53" ? batchRemarks(records) : []),
  ];
  for (const remark of remarks) console.say(`mailroom: ${remark}`);
  await console.print(printed(records, deployment, options));
  return EXIT.done;
}

async function askSes({ Domain, Region }: Deployment, console: Console) {
  const [{ SESClient }, { SESv2Client }, { readIdentity, readVerificationToken }] = await Promise.all([
    import("@aws-sdk/client-ses"),
    import("@aws-sdk/client-sesv2"),
    import("../deployment/read-identity.ts"),
  ]);
  const [ses, sesV2] = [new SESClient({ region: Region }), new SESv2Client({ region: Region })];
  try {
    const identity = await readIdentity(sesV2, Domain);
    // Nobody needs this record where there is DKIM: it is no reason to print none.
    const verificationToken = await readVerificationToken(ses, Domain).catch((error: unknown) =>
      console.say(`mailroom: the record of the classic verification is left out: ${reasonOf(error)}`),
    );
    return { identity, verificationToken: verificationToken ?? undefined };
  } finally {
    ses.destroy();
    sesV2.destroy();
  }
}

/** The stack sets one for an identity that it made; one that was there before goes by its own. */
function mailFromDomain(deployment: Deployment, identity: DomainIdentity | undefined): string | undefined {
  return identity?.mailFrom?.domain ?? (deployment.OwnsIdentity ? deployment.MailFromDomain : undefined);
}

function unlisted(parent: string, region: string): string {
  const { type, value } = mxRecord(parent, region);
  return `each subdomain of ${parent} that is to get mail needs an MX record of its own, which is left out: ${type} ${value}.`;
}

function missing(deployment: Deployment, identity: DomainIdentity | undefined, options: DnsOptions): readonly string[] {
  const { Domain, Region, OwnsIdentity } = deployment;
  if (identity?.dkim.easy !== undefined) return [];
  if (identity?.dkim.ownSelector !== undefined)
    return [`${Domain} is signed with a key of your own: its DKIM record is known to you alone, and left out`];
  if (identity !== undefined) {
    const begin = `aws ses verify-domain-dkim --domain ${Domain} --region ${Region}`;
    return [`DKIM was never begun for ${Domain}, so its records are left out: ${begin}, then run this again`];
  }
  const next = OwnsIdentity ? `npm run deploy -- --stage ${options.stage}` : "verify it in SES's console";
  return [`SES does not know ${Domain} in ${Region}, so its DKIM records are left out: ${next}, then run this again`];
}

function batchRemarks(records: readonly NeededRecord[]): readonly string[] {
  return [
    `the change batch replaces what these names have now: ${replaced(records)}`,
    ...leftOut(records).map(
      (record) =>
        `left out of the change batch, so that nothing is lost that stands there; where there is nothing yet, set: ${zoneLine(record)}`,
    ),
  ];
}

function printed(
  records: readonly NeededRecord[],
  deployment: Deployment,
  { stage, format, json }: DnsOptions,
): string {
  if (json) return records.map(({ role, ...record }) => jsonLine({ ...record, ttl: TTL, role })).join("");
  const { Domain, Region } = deployment;
  const title = `DNS records of mailroom-${stage}: mail of ${Domain} at Amazon SES in ${Region}`;
  if (format === "route53") return `${JSON.stringify(changeBatch(records, title), undefined, 2)}\n`;
  return zoneFile(records, [title, `What is set of them: ${COMMAND} doctor --stage ${stage}`]);
}
