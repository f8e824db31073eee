import { describe, expect, test } from "vitest";
import type { Feedback } from "../../shared/feedback/feedback.ts";
import { withTrust } from "../../shared/feedback/trust.ts";
import type { TrustPolicy } from "../../shared/feedback/trust-policy.ts";
import { verpAddress } from "../../shared/feedback/verp.ts";
import type { Receipt } from "../../shared/receipt/receipt.ts";
import { bounceOf } from "../support/feedback.ts";
import { messageOf } from "../support/messages.ts";
import { ALL_PASS, receiptOf } from "../support/receipts.ts";

const told = [
  bounceOf({ recipient: "gone@partner.example", trusted: false }),
  bounceOf({ recipient: "other@partner.example", trusted: false }),
];
const key = "k".repeat(32);
const returnPath = verpAddress({ recipient: "gone@partner.example", mailbox: "bounces@acme.example", key });

/** Which of the two reports are believed. */
function believed(from: string, receipt: Receipt, trust: TrustPolicy = { allow: [] }): string[] {
  const message = messageOf({ from: [{ name: "", address: from }], rawHeaders: [{ name: "from", value: from }] });
  const trusted = (feedback: readonly Feedback[]) => feedback.filter((report) => report.trusted);
  return trusted(withTrust(told, { message, receipt }, trust)).map(({ recipient }) => recipient.split("@")[0] ?? "");
}

const to = (...recipients: string[]) => receiptOf({ verdicts: {}, envelope: { mailFrom: "", recipients } });

describe("a mail that tells of bounces is believed", () => {
  test.each(["MAILER-DAEMON@amazonses.com", "complaints@eu-west-1.email-abuse.amazonses.com"])(
    "from SES, when it is authenticated as SES's: %s",
    (from) => {
      expect(believed(from, receiptOf())).toEqual(["gone", "other"]);
    },
  );

  test.each(["isp.example", "*.isp.example"])("from a domain that the user allows: %s", (domain) => {
    const from = `postmaster@${domain.replace("*", "mx")}`;
    expect(believed(from, receiptOf(), { allow: ["first.example", domain] })).toEqual(["gone", "other"]);
  });

  test("about the one recipient whose token its return path carries", () => {
    expect(believed("a@anywhere.example", to("x@acme.example", returnPath), { allow: [], verpKey: key })).toEqual([
      "gone",
    ]);
  });

  test("when a server on the way changed the case of the return path", () => {
    expect(believed("a@anywhere.example", to(returnPath.toUpperCase()), { allow: [], verpKey: key })).toEqual(["gone"]);
  });
});

test("trap 1.14, a report inside an authenticated mail is the mail that was returned: nobody vouches for it", () => {
  const from = "MAILER-DAEMON@amazonses.com";
  const message = messageOf({ from: [{ name: "", address: from }], rawHeaders: [{ name: "from", value: from }] });
  const [carried] = withTrust([bounceOf({ carried: true })], { message, receipt: receiptOf() }, { allow: [] });
  expect(carried?.trusted).toBe(false);
});

describe("trap 1.14, a forged bounce mail is kept as evidence and believed of nobody", () => {
  test.each<[why: string, from: string, receipt: Receipt, trust?: TrustPolicy]>([
    [
      "SES's From, and DMARC failed",
      "MAILER-DAEMON@amazonses.com",
      receiptOf({ verdicts: { ...ALL_PASS, dmarc: "FAIL" } }),
    ],
    ["SES's From, and nothing says more", "MAILER-DAEMON@amazonses.com", receiptOf({ verdicts: {} })],
    [
      "SES's From, and verdicts that anybody can have written",
      "MAILER-DAEMON@amazonses.com",
      receiptOf({ verdictsTrusted: false }),
    ],
    ["authenticated as another domain", "MAILER-DAEMON@evil.example", receiptOf()],
    ["authenticated as a domain that looks like SES's", "MAILER-DAEMON@evilamazonses.com", receiptOf()],
    ["authenticated as SES's domain below another", "MAILER-DAEMON@amazonses.com.evil.example", receiptOf()],
    ["above the domains that are allowed", "a@isp.example", receiptOf(), { allow: ["*.isp.example"] }],
    ["below the domain that is allowed", "a@mx.isp.example", receiptOf(), { allow: ["isp.example"] }],
    [
      "a return path with another token",
      "a@b.example",
      to(returnPath.replace(/.{4}@/, "0000@")),
      { allow: [], verpKey: key },
    ],
    ["a return path, and the user has no key", "a@b.example", to(returnPath)],
    [
      "a return path that was made with another key",
      "a@b.example",
      to(returnPath),
      { allow: [], verpKey: "j".repeat(32) },
    ],
  ])("%s", (_why, from, receipt, trust) => {
    expect(believed(from, receipt, trust)).toEqual([]);
  });
});
