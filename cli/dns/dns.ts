import type { Deployment } from "../deployment/outputs.ts";
import { readDeployment } from "../deployment/read-deployment.ts";
import type { DomainIdentity } from "../deployment/read-identity.ts";
import { EXIT } from "../exit-status.ts";
import { COMMAND } from "../help.ts";
import type { Console } from "../output/console.ts";
import { jsonLine } from "../output/printable.ts";
import { reasonOf } from "../reason.ts";
import { TTL } from "./record-line.ts";
import { type NeededRecord, neededRecords } from "./records.ts";
import { changeBatch } from "./route53-format.ts";
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
  const records = neededRecords({
    domain,
    region,
    dkim: identity?.dkim.easy,
    mailFromDomain: mailFromDomain(deployment, identity),
    dmarcPolicy,
    verificationToken,
  });
  for (const remark of missing(deployment, identity, options)) console.say(`mailroom: ${remark}`);
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

function missing(deployment: Deployment, identity: DomainIdentity | undefined, options: DnsOptions): readonly string[] {
  const { Domain, Region, OwnsIdentity } = deployment;
  if (identity?.dkim.easy !== undefined) return [];
  if (identity !== undefined)
    return [`${Domain} is signed with a key of your own: its DKIM record is known to you alone, and left out`];
  const next = OwnsIdentity ? `npm run deploy -- --stage ${options.stage}` : "verify it in SES's console";
  return [`SES does not know ${Domain} in ${Region}, so its DKIM records are left out: ${next}, then run this again`];
}

function printed(
  records: readonly NeededRecord[],
  deployment: Deployment,
  { stage, format, json }: DnsOptions,
): string {
  if (json) return records.map(({ role, ...record }) => jsonLine({ ...record, ttl: TTL, role })).join("");
  const { Domain, Region } = deployment;
  const title = `DNS records of mailroom-${stage}: mail of ${Domain} at Amazon SES in ${Region}`;
  if (format === "route53")
    return `${JSON.stringify(changeBatch(records, `${title}. Replaces an MX record of ${Domain}.`), undefined, 2)}\n`;
  return zoneFile(records, [title, `What is set of them: ${COMMAND} doctor --stage ${stage}`]);
}
