import type { EasyDkim } from "../deployment/read-identity.ts";

/** A DNS record that a deployment needs. */
export interface NeededRecord {
  readonly role: "mx" | "dkim" | "mailFromMx" | "mailFromSpf" | "dmarc" | "verification";
  /** Whole, without a dot at its end. */
  readonly name: string;
  readonly type: "CNAME" | "MX" | "TXT";
  /** `10 mail.example.com`, a name, or a text without quotes. */
  readonly value: string;
}

/** What a deployment's records are made from. */
export interface RecordFacts {
  readonly domain: string;
  /** Those whose mail has to come to SES. */
  readonly receiving: readonly string[];
  readonly region: string;
  /** `undefined`: SES does not tell, or the identity brings a key of its own. */
  readonly dkim: EasyDkim | undefined;
  /** `undefined`: the identity has none. */
  readonly mailFromDomain: string | undefined;
  readonly dmarcPolicy: string;
  /** The token of the classic verification; `undefined`: SES gives none. */
  readonly verificationToken: string | undefined;
}

const MAIL_FROM_SPF = "v=spf1 include:amazonses.com ~all";

/** The records of SES fact 5.2, in the order in which a person needs them. */
export function neededRecords(facts: RecordFacts): readonly NeededRecord[] {
  const { domain, receiving, region, dkim, mailFromDomain, dmarcPolicy, verificationToken } = facts;
  return [
    ...receiving.map((each) => mxRecord(each, region)),
    ...(dkim === undefined ? [] : dkimRecords(domain, dkim)),
    ...(mailFromDomain === undefined ? [] : mailFromRecords(mailFromDomain, region)),
    dmarcRecord(domain, dmarcPolicy),
    ...(verificationToken === undefined ? [] : [verificationRecord(domain, verificationToken)]),
  ];
}

export function mxRecord(domain: string, region: string): NeededRecord {
  return { role: "mx", name: domain, type: "MX", value: `10 ${inboundEndpoint(region)}` };
}

/** SES fact 1.2. */
export function inboundEndpoint(region: string): string {
  return `inbound-smtp.${region}.amazonaws.com`;
}

export function dkimRecords(domain: string, { tokens, hostedZone }: EasyDkim): readonly NeededRecord[] {
  return tokens.map((token) => ({
    role: "dkim",
    name: `${token}._domainkey.${domain}`,
    type: "CNAME",
    value: `${token}.${hostedZone}`,
  }));
}

export function mailFromRecords(mailFromDomain: string, region: string): readonly [NeededRecord, NeededRecord] {
  return [
    { role: "mailFromMx", name: mailFromDomain, type: "MX", value: `10 feedback-smtp.${region}.amazonses.com` },
    { role: "mailFromSpf", name: mailFromDomain, type: "TXT", value: MAIL_FROM_SPF },
  ];
}

export function dmarcRecord(domain: string, policy: string): NeededRecord {
  return { role: "dmarc", name: `_dmarc.${domain}`, type: "TXT", value: policy };
}

function verificationRecord(domain: string, token: string): NeededRecord {
  return { role: "verification", name: `_amazonses.${domain}`, type: "TXT", value: token };
}
