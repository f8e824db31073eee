import { count } from "../../output/count.ts";
import { error, type Found, ok, warning } from "../finding.ts";
import type { Subject } from "../subject.ts";

/** What SES says of the account in a region (SES fact 4.4). */
export interface AccountFacts {
  readonly hasProductionAccess: boolean;
  readonly isSending: boolean;
  /** `HEALTHY`, `PROBATION`, `SHUTDOWN`, or a word that SES will have later; `undefined`: it does not say. */
  readonly enforcement: string | undefined;
  /** `undefined`: it does not say. -1 a day is no limit. */
  readonly quota: { readonly perDay: number; readonly perSecond: number; readonly sent: number } | undefined;
}

export function checkSandbox({ deployment }: Subject, { hasProductionAccess }: AccountFacts): readonly Found[] {
  if (hasProductionAccess) return [ok(`the account may send to everybody from ${deployment.Region}`)];
  return [
    warning(
      `the account is in the sandbox in ${deployment.Region}`,
      "Mail comes in all the same. SES sends only to verified addresses and to its simulator, 200 mails a day, one a second.",
      "in SES's console: Account dashboard, Request production access",
    ),
  ];
}

export function checkSending({ aws, deployment }: Subject, { isSending, enforcement }: AccountFacts): readonly Found[] {
  if (enforcement === "SHUTDOWN")
    return [
      error(
        `SES has stopped the account's sending in ${deployment.Region}`,
        "It sends nothing. Its Support Center says why.",
      ),
    ];
  if (!isSending)
    return [
      error(
        `sending is turned off in ${deployment.Region}`,
        "SES sends nothing.",
        aws("sesv2 put-account-sending-attributes --sending-enabled"),
      ),
    ];
  if (enforcement !== undefined && enforcement !== "HEALTHY")
    return [
      warning(
        `the account is under review by SES (${enforcement})`,
        "If its bounces or complaints do not become fewer, SES stops it from sending.",
        aws("sesv2 get-account"),
      ),
    ];
  return [ok("sending is on, and the account in good standing")];
}

const NEARLY = 0.8;

export function checkQuota(_: Subject, { quota }: AccountFacts): readonly Found[] {
  if (quota === undefined)
    return [warning("SES does not tell the account's quota", "It is not known when SES begins to refuse mail.")];
  const { perDay, perSecond, sent } = quota;
  if (perDay < 0) return [ok(`${count(sent)} mails sent in 24 hours, and there is no limit`)];
  const what = `${count(sent)} of ${count(perDay)} mails sent in 24 hours, ${count(perSecond)} a second at most`;
  if (sent < perDay * NEARLY) return [ok(what)];
  return [
    warning(
      what,
      "Beyond its quota SES refuses what you send.",
      "in the console: Service Quotas, Amazon Simple Email Service, Sending quota",
    ),
  ];
}
