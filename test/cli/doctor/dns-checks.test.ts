import { describe, expect, test } from "vitest";
import { dkimRecords } from "../../../cli/dns/records.ts";
import { checkDkim } from "../../../cli/doctor/checks/dkim.ts";
import { checkDmarc, dmarcDomains } from "../../../cli/doctor/checks/dmarc.ts";
import { checkMailFrom, type MailFromFacts } from "../../../cli/doctor/checks/mail-from.ts";
import { checkMx } from "../../../cli/doctor/checks/mx.ts";
import { checkRegion } from "../../../cli/doctor/checks/region.ts";
import { SUBJECT, told } from "./subjects.ts";

const DOMAIN = "mail.acme.example";
const OURS = "inbound-smtp.eu-west-1.amazonaws.com";

describe("MX", () => {
  test.each<[title: string, values: readonly string[], expected: string]>([
    ["only ours", [`10 ${OURS}`], `ok: mail for ${DOMAIN} comes to SES in eu-west-1`],
    ["ours with another number", [`0 ${OURS}`], `ok: mail for ${DOMAIN} comes to SES in eu-west-1`],
    ["none", [], `error: ${DOMAIN} has no MX record`],
    ["another's", ["10 mx.partner.example"], `error: mail for ${DOMAIN} goes to 10 mx.partner.example`],
    ["no mail wanted", ["0 "], `error: mail for ${DOMAIN} goes to 0 .`],
    [
      "SES in another region",
      ["10 inbound-smtp.us-east-1.amazonaws.com"],
      `error: mail for ${DOMAIN} comes to SES in us-east-1, and the deployment is in eu-west-1`,
    ],
    [
      "a name that only begins like SES's",
      [`10 ${OURS}.evil.example`],
      `error: mail for ${DOMAIN} goes to 10 ${OURS}.evil.example`,
    ],
    [
      "another's before ours",
      [`10 ${OURS}`, "5 mx.partner.example"],
      `error: an MX record of ${DOMAIN} stands before that of SES: 5 mx.partner.example`,
    ],
    [
      "another's after ours",
      ["20 mx.partner.example", `10 ${OURS}`],
      `warning: ${DOMAIN} has other MX records beside that of SES: 20 mx.partner.example`,
    ],
    [
      "another's beside ours",
      ["10 mx.partner.example", `10 ${OURS}`],
      `warning: ${DOMAIN} has other MX records beside that of SES: 10 mx.partner.example`,
    ],
  ])("%s", (_, values, expected) => {
    expect(told(checkMx(DOMAIN, "eu-west-1", values))).toEqual([expected]);
  });
});

describe("DKIM", () => {
  const easy = { tokens: ["aaa", "bbb", "ccc"], hostedZone: "dkim.amazonses.com" };
  const records = dkimRecords(DOMAIN, easy).map((record) => ({ record, values: [record.value] }));
  const dkim = { isSigning: true, status: "SUCCESS", easy, ownSelector: undefined };
  const [first, ...others] = records;

  test.each([
    ["all is well", dkim, records, "ok: what mail.acme.example sends is signed with DKIM"],
    [
      "one record is missing",
      dkim,
      [{ ...first, values: [] }, ...others],
      "error: 1 of the 3 DKIM records of mail.acme.example is missing or wrong",
    ],
    [
      "records lead elsewhere",
      dkim,
      records.map((each) => ({ ...each, values: ["aaa.dkim.partner.example"] })),
      "error: 3 of the 3 DKIM records of mail.acme.example are missing or wrong",
    ],
    [
      "SES has not looked yet",
      { ...dkim, status: "PENDING" },
      records,
      "warning: SES has not found the DKIM records of mail.acme.example yet (PENDING)",
    ],
    [
      "SES has given up",
      { ...dkim, status: "FAILED" },
      records,
      "error: SES does not look for the DKIM records of mail.acme.example any more (FAILED)",
    ],
    [
      "signing is off",
      { ...dkim, isSigning: false },
      records,
      "error: signing with DKIM is turned off for mail.acme.example",
    ],
    [
      "a key of one's own",
      { ...dkim, easy: undefined, ownSelector: "acme" },
      [],
      "ok: what mail.acme.example sends is signed with DKIM, with a key of your own",
    ],
    [
      "a key of one's own that SES does not find any more",
      { ...dkim, status: "FAILED", easy: undefined, ownSelector: "acme" },
      [],
      "error: SES does not look for the DKIM records of mail.acme.example any more (FAILED)",
    ],
    [
      "it was never begun",
      { ...dkim, isSigning: false, status: "NOT_STARTED", easy: undefined },
      [],
      "error: DKIM was never begun for mail.acme.example",
    ],
  ])("%s", (_, identity, found, expected) => {
    expect(told(checkDkim(SUBJECT, { dkim: identity }, found as typeof records))).toEqual([expected]);
  });

  test.each([
    ["FAILED", "acme", 'acme._domainkey.mail.acme.example. 300 IN TXT "p=PUBLIC-KEY"'],
    ["FAILED", undefined, "aws ses verify-domain-dkim --domain mail.acme.example --region eu-west-1"],
    ["NOT_STARTED", undefined, "aws ses verify-domain-dkim --domain mail.acme.example --region eu-west-1"],
  ])("%s with the selector %s is mended by %s", (status, ownSelector, mend) => {
    const [finding] = checkDkim(SUBJECT, { dkim: { ...dkim, status, easy: undefined, ownSelector } }, []);
    expect(finding?.mend).toEqual([mend]);
  });

  test("each record that is missing is a line of a zone file", () => {
    const [finding] = checkDkim(SUBJECT, { dkim }, [{ record: records[0]?.record ?? fail(), values: [] }]);
    expect(finding?.mend).toEqual(["aaa._domainkey.mail.acme.example. 300 IN CNAME aaa.dkim.amazonses.com."]);
  });

  function fail(): never {
    throw new Error("expected a record");
  }
});

describe("MAIL FROM", () => {
  const facts: MailFromFacts = {
    domain: "bounce.mail.acme.example",
    mx: ["10 feedback-smtp.eu-west-1.amazonses.com"],
    txt: ["v=spf1 include:amazonses.com ~all"],
    status: "SUCCESS",
    rejectsWithoutIt: false,
  };
  test.each<[title: string, facts: MailFromFacts | undefined, expected: readonly string[]]>([
    ["all is well", facts, ["ok: envelope senders are at bounce.mail.acme.example, and SPF lets SES send for them"]],
    [
      "SES was not asked",
      { ...facts, status: undefined },
      ["ok: envelope senders are at bounce.mail.acme.example, and SPF lets SES send for them"],
    ],
    ["there is none", undefined, ["info: mail.acme.example has no MAIL FROM domain of its own"]],
    ["no MX", { ...facts, mx: [] }, ["error: the MX record of bounce.mail.acme.example is missing"]],
    [
      "a second MX",
      { ...facts, mx: [...facts.mx, "20 mx.acme.example"] },
      [
        "error: the MX record of bounce.mail.acme.example is 10 feedback-smtp.eu-west-1.amazonses.com, 20 mx.acme.example",
      ],
    ],
    [
      "no SPF among other texts",
      { ...facts, txt: ["v=spf10", "hello"] },
      ["error: bounce.mail.acme.example has no SPF record"],
    ],
    [
      "SPF without SES",
      { ...facts, txt: ["v=spf1 mx -all"] },
      ["error: the SPF record of bounce.mail.acme.example does not let SES send: v=spf1 mx -all"],
    ],
    [
      "SPF with a name that only begins like SES's",
      { ...facts, txt: ["v=spf1 include:amazonses.com.evil.example -all"] },
      [
        "error: the SPF record of bounce.mail.acme.example does not let SES send: v=spf1 include:amazonses.com.evil.example -all",
      ],
    ],
    [
      "SPF in capital letters",
      { ...facts, txt: ["V=SPF1 INCLUDE:amazonses.com -ALL"] },
      ["ok: envelope senders are at bounce.mail.acme.example, and SPF lets SES send for them"],
    ],
    [
      "two SPF records",
      { ...facts, txt: [...facts.txt, "v=spf1 -all"] },
      ["error: bounce.mail.acme.example has 2 SPF records"],
    ],
    [
      "SES has not looked yet",
      { ...facts, status: "PENDING" },
      ["warning: SES has not found the MX record of bounce.mail.acme.example yet (PENDING)"],
    ],
  ])("%s", (_, said, expected) => {
    expect(told(checkMailFrom(DOMAIN, "eu-west-1", said))).toEqual(expected);
  });

  test("that mail is refused without it is said", () => {
    const [finding] = checkMailFrom(DOMAIN, "eu-west-1", { ...facts, mx: [], rejectsWithoutIt: true });
    expect(finding?.why).toBe("SES refuses to send for the domain without it. It must be the only one.");
  });
});

describe("DMARC", () => {
  test.each<[title: string, own: readonly string[], parent: readonly string[], expected: string]>([
    ["a policy", ["v=DMARC1; p=reject"], [], "ok: DMARC: v=DMARC1; p=reject"],
    ["that of the domain above", [], ["v=DMARC1; p=reject"], "ok: DMARC: v=DMARC1; p=reject (at _dmarc.acme.example)"],
    [
      "its own comes first",
      ["v=DMARC1; p=none"],
      ["v=DMARC1; p=reject"],
      "info: the DMARC policy at _dmarc.mail.acme.example asks for nothing: v=DMARC1; p=none",
    ],
    [
      "its own p, whatever it says of its subdomains",
      ["v=DMARC1; p=reject; sp=none"],
      [],
      "ok: DMARC: v=DMARC1; p=reject; sp=none",
    ],
    [
      "what the domain above says of its subdomains",
      [],
      ["v=DMARC1; p=none; SP = Reject"],
      "ok: DMARC: v=DMARC1; p=none; SP = Reject (at _dmarc.acme.example)",
    ],
    [
      "that above asks nothing of subdomains",
      [],
      ["v=DMARC1;p=reject;sp=none"],
      "info: the DMARC policy at _dmarc.acme.example asks for nothing: v=DMARC1;p=reject;sp=none",
    ],
    [
      "no policy in it",
      ["v=DMARC1; rua=mailto:a@acme.example"],
      [],
      "warning: the DMARC record at _dmarc.mail.acme.example has no policy: v=DMARC1; rua=mailto:a@acme.example",
    ],
    [
      "a policy that is none",
      ["v=DMARC1; p=block"],
      [],
      "warning: the DMARC record at _dmarc.mail.acme.example has no policy: v=DMARC1; p=block",
    ],
    ["none", [], [], "warning: mail.acme.example has no DMARC record"],
    ["other texts", ["hello", "v=DMARC10"], [], "warning: mail.acme.example has no DMARC record"],
    ["two", ["v=DMARC1; p=reject", "v=DMARC1; p=none"], [], "error: _dmarc.mail.acme.example has 2 DMARC records"],
  ])("%s", (_, own, parent, expected) => {
    const records = [
      { domain: DOMAIN, txt: own },
      { domain: "acme.example", txt: parent },
    ];
    expect(told(checkDmarc(DOMAIN, "v=DMARC1; p=quarantine", records))).toEqual([expected]);
  });

  test("is looked for above the domain, too, but not at the top level", () => {
    expect(dmarcDomains("a.b.acme.example")).toEqual(["a.b.acme.example", "b.acme.example", "acme.example"]);
    expect(dmarcDomains("example")).toEqual(["example"]);
  });
});

test.each([
  ["eu-west-1", "ok"],
  ["eu-central-2", "warning"],
])("region %s: %s", (region, level) => {
  expect(checkRegion(region).map((found) => found.level)).toEqual([level]);
});
