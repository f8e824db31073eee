import { describe, expect, test } from "vitest";
import { colours } from "../../../cli/output/colours.ts";
import { matchBlock, reasonLine } from "../../../cli/output/match-block.ts";
import { problem } from "../../../shared/message/problems.ts";
import type { Reason } from "../../../shared/rules/reason.ts";
import { alertOf } from "../../support/alerts.ts";
import { recordOf } from "../../support/records.ts";

const plain = colours(false);
const alert = alertOf();
const record = recordOf({
  source: "samples/mail/outage.eml",
  message: {
    subject: "Service outage in Zagreb",
    from: [
      { name: "Ana Kovac", address: "ana@client.example" },
      { name: "", address: "ops@client.example" },
    ],
    to: [{ name: "", address: "team@acme.example" }],
    date: null,
    attachments: [],
  },
  actions: [{ id: alert.id, rule: "outage", type: "alert", topic: "oncall", status: "planned" }],
});

test("a block says which mail, which rule, which word in which field, and what would be done", () => {
  expect(matchBlock({ record, alerts: [alert] }, false, plain)).toBe(
    [
      "samples/mail/outage.eml",
      "  Subject   Service outage in Zagreb",
      "  From      Ana Kovac <ana@client.example>, ops@client.example",
      "  To        orders@mail.acme.example",
      '  Rule      outage -> would alert topic "oncall" (critical)',
      '            "outage" in the subject: Service [outage] in Zagreb',
      "",
      "",
    ].join("\n"),
  );
});

test.each([
  ["planned", false, 'would alert topic "oncall"'],
  ["planned", true, 'NOT alerted: topic "oncall"'],
  ["done", true, 'alerted topic "oncall"'],
  ["skipped", true, 'alerted before, not again: topic "oncall"'],
] as const)("an alert that is %s (applied: %s) reads: %s", (status, applied, words) => {
  const actions = record.actions.map((action) => ({ ...action, status }));
  expect(matchBlock({ record: { ...record, actions }, alerts: [alert] }, applied, plain)).toContain(
    `outage -> ${words}`,
  );
});

describe("a block also says", () => {
  const block = (differences: Partial<typeof record>) =>
    matchBlock({ record: { ...record, ...differences }, alerts: [alert] }, false, plain);

  test.each([
    [
      "who it was written to, when no envelope is known",
      { envelope: { mailFrom: "", recipients: [] } },
      "To        team@acme.example",
    ],
    ["what was wrong with it", { problems: [problem("badDate")] }, "Problem   The Date header cannot be read."],
    ["what its verdicts say against it", { verdicts: { dmarc: "FAIL" } }, "Warning   This mail failed DMARC"],
  ] as const)("%s", (_, differences, expected) => {
    expect(block(differences)).toContain(expected);
  });

  test("nothing of verdicts where SES gave none, and nothing that is true of every stored mail", () => {
    expect(block({ verdicts: {} })).not.toContain("Warning");
    expect(block({ verdictsTrusted: false })).not.toContain("Warning");
  });
});

test("nothing of a mail is obeyed by the terminal", () => {
  const evil = "\u001b[2J\u009b1m\u202e\r\nRule faked";
  const hostile = recordOf({
    source: `a${evil}.eml`,
    message: { subject: evil, from: [{ name: evil, address: evil }], to: [], date: null, attachments: [] },
    envelope: { mailFrom: evil, recipients: [evil] },
    actions: record.actions,
  });
  const because: Reason[] = [
    { field: `header:${evil}`, keyword: "x", start: 0, end: 1, excerpt: evil, excerptStart: 0, excerptEnd: 2 },
    { field: "from", condition: evil, value: evil },
  ];
  const block = matchBlock({ record: hostile, alerts: [alertOf({ because })] }, false, plain);
  expect(block.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\u202e]/u);
  expect(block.split("\n").filter((line) => line.startsWith("Rule"))).toEqual([]);
});

describe("why a rule matched", () => {
  const found = { start: 0, end: 1, excerptStart: 0, excerptEnd: 1 };
  test.each<[string, Reason, string]>([
    [
      "a keyword",
      {
        field: "text",
        keyword: "out",
        start: 900,
        end: 903,
        excerpt: "…outage is out",
        excerptStart: 11,
        excerptEnd: 14,
      },
      '"out" in the text: …outage is [out]',
    ],
    [
      "a keyword of the rules file that the mail spells in another way",
      { field: "subject", keyword: "サーバー", start: 0, end: 5, excerpt: "ｻｰﾊﾞｰ 3", excerptStart: 0, excerptEnd: 5 },
      '"サーバー" in the subject: [ｻｰﾊﾞｰ] 3',
    ],
    [
      "a pattern",
      {
        field: "subject",
        pattern: "INV-\\d+",
        start: 4,
        end: 10,
        excerpt: "Re: INV-42!",
        excerptStart: 4,
        excerptEnd: 10,
      },
      "pattern INV-\\d+ in the subject: Re: [INV-42]!",
    ],
    ["a header", { field: "header:x-ticket", keyword: "a", ...found, excerpt: "a" }, '"a" in the header x-ticket: [a]'],
    [
      "an attached message",
      { field: "text", where: "nested[0].nested[1].subject", keyword: "a", ...found, excerpt: "a" },
      '"a" in the subject of an attached message: [a]',
    ],
    [
      "an attachment's name",
      { field: "attachmentNames", where: "attachments[3]", keyword: "a", ...found, excerpt: "a" },
      `"a" in an attachment's name: [a]`,
    ],
    [
      "hidden text",
      { field: "html", hidden: true, keyword: "a", ...found, excerpt: "a" },
      '"a" in the HTML that its reader does not see: [a]',
    ],
    [
      "a fact",
      { field: "from", condition: "*@acme.example", value: "a@acme.example" },
      "From: a@acme.example (asked for: *@acme.example)",
    ],
    [
      "a long condition",
      { field: "not", condition: "x".repeat(200), value: "does not hold" },
      `not: does not hold (asked for: ${"x".repeat(79)}…)`,
    ],
    [
      "our own words to the operator",
      { field: "mailroom", condition: "mailroom/unparsable", value: "Look at it." },
      "Look at it.",
    ],
  ])("%s", (_, reason, expected) => {
    expect(reasonLine(reason, plain)).toBe(expected);
  });

  test("with colours the word is marked by colour alone", () => {
    const reason = { field: "text", keyword: "a", start: 0, end: 1, excerpt: "a b", excerptStart: 0, excerptEnd: 1 };
    expect(reasonLine(reason, colours(true))).toBe('"a" in the text: \u001b[1;33ma\u001b[22;39m b');
  });
});
