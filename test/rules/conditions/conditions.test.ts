import { describe, expect, test } from "vitest";
import { VERDICT_STATUSES } from "../../../shared/receipt/receipt.ts";
import { messageOf } from "../../support/messages.ts";
import { reasonsOf, type TestMail } from "../../support/rules.ts";

const attachment = (filename: string | null, contentType = "application/octet-stream") => ({
  filename,
  contentType,
  size: 1,
  inline: false,
});

const MAIL: TestMail = {
  message: {
    size: 2048,
    subject: "Invoice INV-123456 and the outage",
    text: "The service down since nine. 本日障害が発生しました。",
    html: "Urgently: see the portal",
    from: [{ name: "Ana", address: "Ana@Partner.example" }],
    to: [{ name: "", address: "orders@acme.example" }],
    cc: [{ name: "Support", address: "support@acme.example" }],
    headers: [
      { name: "x-priority", value: "1 (Highest)" },
      { name: "x-tag", value: "blue" },
      { name: "x-tag", value: "red" },
    ],
    attachments: [attachment("report.pdf", "application/pdf"), attachment("setup.exe"), attachment(null, "image/png")],
  },
  receipt: {
    envelope: { mailFrom: "bounce@partner.example", recipients: ["first@acme.example", "billing@mail.acme.example"] },
    verdicts: { spam: "PASS", virus: "DISABLED", spf: "GRAY", dmarc: "PROCESSING_FAILED" },
  },
};

describe("a condition holds or not", () => {
  test.each([
    ["{ keywords: [outage] }", true],
    ["{ keywords: [outages] }", false],
    ["{ keywords: [outage, nothing] }", true],
    ["{ keywords: [障害] }", true],
    ["{ keywords: ['service down'] }", true],
    ["{ keywords: [urgen*] }", true],
    ["{ keywords: [urgen] }", false],
    ["{ keywords: { any: [rgent], substring: true } }", true],
    ["{ keywords: { any: [rgent] } }", false],
    ["{ keywords: { any: [outage], in: [text] } }", false],
    ["{ keywords: { all: [outage, 障害, portal] } }", true],
    ["{ keywords: { all: [outage, outage] } }", true],
    ["{ keywords: { all: [outage, missing] } }", false],
    ["{ keywords: { none: [missing] } }", true],
    ["{ keywords: { none: [missing, portal] } }", false],
    ["{ keywords: { none: [portal], in: [subject] } }", true],
    ["{ keywords: { any: [outage], all: [portal], none: [missing] } }", true],
    ["{ keywords: { any: [outage], all: [portal], none: [invoice] } }", false],
    ["{ keywords: [setup] }", true],
    ["{ keywords: { any: [partner], in: [from] } }", true],
    ["{ keywords: { any: [support], in: [to] } }", true],
    ["{ keywords: { any: [pdf], in: [attachmentTypes] } }", true],
    ["{ keywords: { any: [red], in: ['header:X-Tag'] } }", true],
    ["{ keywords: { any: [red], in: ['header:X-Other'] } }", false],
    ["{ matches: { pattern: 'INV-\\d{6}', in: [subject] } }", true],
    ["{ matches: { pattern: 'inv-\\d{6}', in: [subject] } }", false],
    ["{ matches: { pattern: '(?i)inv-\\d{6}', in: [subject] } }", true],
    ["{ matches: { pattern: 'INV-\\d{6}', in: [text, html] } }", false],
    ["{ matches: [{ pattern: INV }, { pattern: portal }] }", true],
    ["{ matches: [{ pattern: INV }, { pattern: missing }] }", false],
    ["{ matches: { pattern: '\\.exe$', in: [attachmentNames] } }", true],
    ["{ from: ana@partner.example }", true],
    ["{ from: '*@*.partner.example' }", false],
    ["{ from: bounce@partner.example }", false],
    ["{ to: [nobody@acme.example, support@acme.example] }", true],
    ["{ to: billing@mail.acme.example }", false],
    ["{ mailFrom: bounce@partner.example }", true],
    ["{ mailFrom: <> }", false],
    ["{ header: { name: X-PRIORITY, value: '1*' } }", true],
    ["{ header: { name: X-Priority, value: '1' } }", false],
    ["{ header: { name: X-Tag, value: RED } }", true],
    ["{ header: { name: X-Tag } }", true],
    ["{ header: { name: X-Other } }", false],
    ["{ header: { name: X-Other, absent: true } }", true],
    ["{ header: { name: X-Tag, absent: true } }", false],
    ["{ header: [{ name: X-Tag }, { name: X-Other, absent: true }] }", true],
    ["{ header: [{ name: X-Tag }, { name: X-Other }] }", false],
    ["{ size: { over: 2047 } }", true],
    ["{ size: { over: 2KB } }", false],
    ["{ size: { under: 2049 } }", true],
    ["{ size: { under: 2KB } }", false],
    ["{ size: { over: 1KB, under: 1MB } }", true],
    ["{ attachments: {} }", true],
    ["{ attachments: { type: application/pdf } }", true],
    ["{ attachments: { type: 'image/*', name: '*' } }", false],
    ["{ attachments: { name: ['*.js', '*.EXE'] } }", true],
    ["{ attachments: { name: '*.exe', type: application/pdf } }", false],
    ["{ attachments: { count: { min: 3 } } }", true],
    ["{ attachments: { count: { min: 4 } } }", false],
    ["{ attachments: { count: { max: 2 } } }", false],
    ["{ attachments: { name: '*.zip', count: { max: 0 } } }", true],
    ["{ attachments: { count: { max: 0 } } }", false],
    ["{ attachments: { name: '*.zip', count: { max: 3 } } }", false],
    ["{ attachments: { name: '*.zip', count: { min: 0, max: 3 } } }", true],
    ["{ all: [{ from: '*@partner.example' }, { keywords: [outage] }] }", true],
    ["{ all: [{ from: '*@partner.example' }, { keywords: [missing] }] }", false],
    ["{ any: [{ from: '*@other.example' }, { keywords: [outage] }] }", true],
    ["{ any: [{ from: '*@other.example' }, { keywords: [missing] }] }", false],
    ["{ not: { from: '*@other.example' } }", true],
    ["{ not: { from: '*@partner.example' } }", false],
    ["{ not: { from: '*@partner.example', keywords: [missing] } }", true],
    ["{ keywords: [outage], from: '*@other.example' }", false],
    ["{ keywords: [outage], not: { any: [{ size: { over: 1MB } }, { header: { name: X-Other } }] } }", true],
  ])("%s -> %s", (when, holds) => {
    expect(reasonsOf(when, MAIL) !== undefined).toBe(holds);
  });
});

test.each([["first@acme.example"], ["billing@mail.acme.example"], ["*@mail.acme.example"]])(
  "trap 1.7, destination[0] used: %s is among the envelope recipients",
  (pattern) => {
    expect(reasonsOf(`{ recipient: '${pattern}' }`, MAIL)).toHaveLength(1);
    expect(
      reasonsOf(`{ recipient: '${pattern}' }`, {
        receipt: { envelope: { mailFrom: "", recipients: ["other@acme.example"] } },
      }),
    ).toBeUndefined();
  },
);

describe("trap 1.5, GRAY, PROCESSING_FAILED, DISABLED and absent folded into one another", () => {
  const words = [...VERDICT_STATUSES, "absent"] as const;
  const pairs = words.flatMap((has) => words.map((asked) => [has, asked] as const));
  test.each(pairs)("a verdict of %s where %s is asked", (has, asked) => {
    const verdicts = has === "absent" ? {} : { dmarc: has };
    const held = reasonsOf(`{ verdicts: { dmarc: ${asked} } }`, { receipt: { verdicts } });
    expect(held).toEqual(has === asked ? [{ field: "verdicts.dmarc", condition: asked, value: has }] : undefined);
  });

  test("DMARC is not DKIM", () => {
    const mail = { receipt: { verdicts: { dkim: "PASS" } as const } };
    expect(reasonsOf("{ verdicts: { dmarc: PASS } }", mail)).toBeUndefined();
    expect(reasonsOf("{ verdicts: { dkim: PASS, dmarc: absent } }", mail)).toHaveLength(2);
  });
});

test("trap 1.4, the comparison that never fires: spam FAIL is FAIL", () => {
  expect(reasonsOf("{ verdicts: { spam: [FAIL, GRAY] } }", { receipt: { verdicts: { spam: "FAIL" } } })).toEqual([
    { field: "verdicts.spam", condition: "FAIL, GRAY", value: "FAIL" },
  ]);
});

describe("verdicts that anybody can have written", () => {
  test.each([
    ["PASS", "{ verdicts: { spf: PASS } }", false],
    ["PASS", "{ verdicts: { spf: [FAIL, PASS] } }", false],
    ["PASS", "{ not: { verdicts: { spf: PASS } } }", true],
    ["FAIL", "{ verdicts: { spf: FAIL } }", true],
    ["GRAY", "{ verdicts: { spf: [GRAY, PASS] } }", true],
    [undefined, "{ verdicts: { spf: absent } }", true],
  ] as const)("%s: %s -> %s", (spf, when, holds) => {
    const receipt = { verdicts: spf ? { spf } : {}, verdictsTrusted: false };
    expect(reasonsOf(when, { receipt }) !== undefined).toBe(holds);
  });
});

test("attachments of attached messages count as the mail's own", () => {
  const inner = messageOf({
    attachments: [attachment("evil.exe")],
    nested: [messageOf({ attachments: [attachment("deep.js")] })],
  });
  const mail = { message: { nested: [inner] } };
  expect(reasonsOf("{ attachments: { name: ['*.exe', '*.js'], count: { min: 2 } } }", mail)).toEqual([
    { field: "attachments", condition: "name: [*.exe, *.js], count: { min: 2 }", value: "2: evil.exe, deep.js" },
  ]);
  expect(reasonsOf("{ attachments: {} }", { message: { ...mail.message, report: "delivery-status" } })).toBeUndefined();
});

test.each([
  ["'*.exe'", true],
  ["'*.pdf'", true],
  ["'*.zip'", false],
])("an attachment with a second name in another field is found by either: %s -> %s", (name, holds) => {
  const attachments = [{ ...attachment("a.pdf"), otherNames: ["a.exe"] }];
  const mail = { ...MAIL, message: messageOf({ attachments }) };
  expect(reasonsOf(`{ attachments: { name: ${name} } }`, mail) !== undefined).toBe(holds);
});
