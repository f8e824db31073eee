import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { Alert } from "../../shared/alerts/alert.ts";
import { operatorAlert } from "../../shared/alerts/compose-alert.ts";
import { composeEmail } from "../../shared/alerts/email-form.ts";
import type { Reason } from "../../shared/rules/reason.ts";
import { alertOf } from "../support/alerts.ts";
import { anyAlert } from "../support/arbitrary-alerts.ts";
import { ALL_PASS, receiptOf } from "../support/receipts.ts";

function linesOf(parts: Partial<Alert>): string[] {
  return composeEmail(alertOf(parts)).split("\n");
}

const FIRST_LINE = /^\[critical\] outage - Mailroom alert [0-9a-f]{32}$/;

/** What each line is about, in order: its label, and nothing of the mail. */
function labelsOf(parts: Partial<Alert>): string[] {
  return linesOf(parts).map((line) =>
    FIRST_LINE.test(line) ? "first line" : (/^[A-Z]\w*(?: \w+)?:|^$/.exec(line)?.[0] ?? `?? ${line}`),
  );
}

test("a person reads what matched, the warnings, why, who, what and where, in this order", () => {
  const warned = alertOf({
    subject: "本番で障害",
    because: [
      { field: "subject", keyword: "障害", start: 3, end: 5, excerpt: "本番で障害", excerptStart: 3, excerptEnd: 5 },
    ],
    verdicts: { ...ALL_PASS, dmarc: "FAIL" },
    warnings: ["This mail failed DMARC: it may not be from the sender it names."],
  });
  expect(composeEmail(warned)).toBe(`[critical] outage - Mailroom alert ${warned.id}

WARNING: This mail failed DMARC: it may not be from the sender it names.

Why:       keyword "障害" in subject: "本番で障害"
From:      "ana@client.example" (name given: "Ana Kovac")
Sent by:   "ana@client.example"
To:        "orders@mail.acme.example"
Subject:   "本番で障害"
Received:  2026-11-20T09:14:03.412Z
Verdicts:  spam PASS, virus PASS, spf PASS, dkim PASS, dmarc FAIL

Raw mail:  "raw/orders/k9p2m4c7tq0v1e3s5h8d6g2b0n4r7a1lfo6u3j01", 1834 bytes
SES id:    k9p2m4c7tq0v1e3s5h8d6g2b0n4r7a1lfo6u3j01
`);
});

test.each([
  [
    { field: "text", keyword: "outage", start: 0, end: 6, excerpt: "an outage", excerptStart: 3, excerptEnd: 9 },
    'keyword "outage" in text: "an outage"',
  ],
  [
    { field: "html", keyword: "outage", start: 0, end: 6, excerpt: "x", excerptStart: 0, excerptEnd: 1, hidden: true },
    'keyword "outage" in html, hidden from the reader: "x"',
  ],
  [
    {
      field: "subject",
      pattern: "INV-\\d{6}",
      start: 0,
      end: 9,
      excerpt: "INV-000001",
      excerptStart: 0,
      excerptEnd: 10,
    },
    'pattern "INV-\\d{6}" in subject: "INV-000001"',
  ],
  [
    {
      field: "subject",
      pattern: "x",
      start: 0,
      end: 1,
      excerpt: "x",
      excerptStart: 0,
      excerptEnd: 1,
      where: "nested[0].subject",
    },
    'pattern "x" in nested[0].subject: "x"',
  ],
  [{ field: "text", start: 0, end: 1, excerpt: "x", excerptStart: 0, excerptEnd: 1 }, 'pattern "" in text: "x"'],
  [
    { field: "verdicts.dmarc", condition: "FAIL or GRAY", value: "FAIL" },
    'verdicts.dmarc is "FAIL" (the rule asks for "FAIL or GRAY")',
  ],
] satisfies [Reason, string][])("%o reads: %s", (reason, text) => {
  expect(linesOf({ because: [reason] })).toContain(`Why:       ${text}`);
});

test("an alert to the operator has our sentence as its reason", () => {
  const reason = { rule: "mailroom/unparsable", severity: "error", sentence: "A mail could not be read." } as const;
  expect(composeEmail(operatorAlert(reason, { receipt: receiptOf() }))).toContain(
    "\nWhy:       A mail could not be read.\n",
  );
});

test.each([
  [{ envelope: { mailFrom: "", recipients: [] } }, "Sent by:   nobody (a bounce, or another automatic mail)"],
  [{ receivedAt: null }, "Received:  not known"],
  [{ from: [{ name: "", address: "ana@client.example" }] }, 'From:      "ana@client.example"'],
  [
    { verdicts: { spf: "GRAY" as const }, verdictsTrusted: false },
    "Verdicts:  spam none, virus none, spf GRAY, dkim none, dmarc none (from the mail's own headers, may be forged)",
  ],
])("%o reads: %s", (parts, line) => {
  expect(linesOf(parts)).toContain(line);
});

test("of long lists the first are shown, and how many are not", () => {
  const many = Array.from({ length: 40 }, (_, i) => `a${i}@acme.example`);
  const lines = linesOf({
    envelope: { mailFrom: "", recipients: many },
    from: many.map((address) => ({ name: "", address })),
    because: many.map((value) => ({ field: "recipient", condition: "*", value })),
  });
  expect(lines.filter((line) => line.startsWith("To:")).slice(-2)).toEqual([
    'To:        "a4@acme.example"',
    "To:        and 35 more",
  ]);
  expect(lines).toContain("From:      and 37 more");
  expect(lines).toContain("Why:       and 35 more");
});

/** Texts by which a mail might write a line of its own, close ours, or draw over it. */
const ATTACKS = [
  "Hello\nSPF: PASS\nVerdicts:  dmarc PASS",
  "Hello\r\n\r\nWARNING: none",
  "Hello\rVerdicts:  dmarc PASS",
  "Hello\u2028Verdicts:  dmarc PASS\u2029x",
  "Hello\u0085Verdicts:  dmarc PASS",
  "Hello\u000bVerdicts:\u000cdmarc PASS",
  'Hello"\nVerdicts:  dmarc PASS',
  '" (name given: "the bank',
  "\u202eSSAP cramd  :stcidreV",
  "\u001b[1A\u001b[2KVerdicts:  dmarc PASS",
  `${" ".repeat(300)}Verdicts:  dmarc PASS`,
  `${"\u3000".repeat(300)}Verdicts:  dmarc PASS`,
  `${"x".repeat(5000)} Verdicts:  dmarc PASS`,
  `Z${"\u0337".repeat(500)}`,
  "\0",
];

const FIELDS: Record<string, (text: string) => Partial<Alert>> = {
  subject: (subject) => ({ subject }),
  "name of the sender": (name) => ({ from: [{ name, address: "a@client.example" }] }),
  "address of the sender": (address) => ({ from: [{ name: "Ana", address }] }),
  "envelope sender": (mailFrom) => ({ envelope: { mailFrom, recipients: ["a@acme.example"] } }),
  "envelope recipient": (recipient) => ({ envelope: { mailFrom: "a@client.example", recipients: [recipient] } }),
  excerpt: (excerpt) => ({
    because: [{ field: "attachmentNames", keyword: "x", start: 0, end: 1, excerpt, excerptStart: 0, excerptEnd: 1 }],
  }),
  "fact about the mail": (value) => ({ because: [{ field: "header:x-a", condition: "*", value }] }),
  "place in an attached message": (where) => ({
    because: [{ field: "text", keyword: "x", start: 0, end: 1, excerpt: "x", excerptStart: 0, excerptEnd: 1, where }],
  }),
  "time of arrival": (receivedAt) => ({ receivedAt }),
  "storage key": (raw) => ({ raw }),
  "SES message id": (sesMessageId) => ({ sesMessageId, raw: "raw/m1" }),
};

test.each(Object.keys(FIELDS).flatMap((field) => ATTACKS.map((attack) => ({ field, attack }))))(
  "the $field cannot add, close or move a line with $attack",
  ({ field, attack }) => {
    const parts = FIELDS[field] ?? (() => ({}));
    expect(labelsOf(parts(attack))).toEqual(labelsOf(parts("harmless")));
    const quoted = linesOf(parts(attack)).filter((line) => /^(?:Subject|Raw mail):/.test(line));
    expect(quoted.map((line) => line.split('"').length - 1)).toEqual([2, 2]);
  },
);

test("whatever the mail says, the text has only lines that we began, and not too many or too long", () =>
  fc.assert(
    fc.property(anyAlert, (alert) => {
      const lines = composeEmail(alert).split("\n");
      const ours =
        /^(?:\[(?:info|warning|error|critical)\] .* - Mailroom alert [0-9a-f]{32}|After alert:(?: [0-9a-f]{32}){1,10}|(?:WARNING|Why|From|Sent by|To|Subject|Received|Verdicts|Raw mail|SES id): .*|SES id:\s*|Received:\s*|)$/;
      expect(lines.filter((line) => !ours.test(line))).toEqual([]);
      expect(lines.length).toBeLessThanOrEqual(40);
      expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(1100);
      expect(lines.join("")).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u202a-\u202e\u2066-\u2069]/u);
    }),
  ));
