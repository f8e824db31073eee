import { describe, expect, test } from "vitest";
import { MAX_REASON_VALUE, MAX_REASONS } from "../../shared/rules/limits.ts";
import { matchesOf, reasonsOf } from "../support/rules.ts";

describe("because", () => {
  test("a keyword is told as the file spells it, with its place and what stands around", () => {
    expect(
      reasonsOf("{ keywords: ['URGEN*', 障害] }", {
        message: { subject: "【緊急】システム障害のお知らせ", text: "This is urgent." },
      }),
    ).toEqual([
      {
        field: "subject",
        keyword: "障害",
        start: 8,
        end: 10,
        excerpt: "【緊急】システム障害のお知らせ",
        excerptStart: 8,
        excerptEnd: 10,
      },
      {
        field: "text",
        keyword: "URGEN*",
        start: 8,
        end: 13,
        excerpt: "This is urgent.",
        excerptStart: 8,
        excerptEnd: 13,
      },
    ]);
  });

  test("a pattern is told in the same way", () => {
    expect(
      reasonsOf("{ matches: { pattern: 'INV-\\d+', in: [subject] } }", { message: { subject: "Re: INV-42" } }),
    ).toEqual([
      {
        field: "subject",
        pattern: "INV-\\d+",
        start: 4,
        end: 10,
        excerpt: "Re: INV-42",
        excerptStart: 4,
        excerptEnd: 10,
      },
    ]);
  });

  test("two spellings of one keyword in two rules are told as each rule has them", () => {
    const yaml =
      "rules:\n  - { name: a, when: { keywords: [Outage] } }\n  - { name: b, when: { keywords: [outage, outage] } }\n";
    const keywords = matchesOf(yaml, { message: { subject: "OUTAGE" } }).map(({ because }) =>
      because.map((reason) => "keyword" in reason && reason.keyword),
    );
    expect(keywords).toEqual([["Outage"], ["outage"]]);
  });

  test.each([
    ["inside", [[4, 20]], true],
    ["that begins inside the word", [[6, 7]], true],
    ["before it", [[0, 4]], undefined],
    ["behind it", [[10, 20]], undefined],
    [
      "among others",
      [
        [0, 2],
        [4, 10],
        [12, 14],
      ],
      true,
    ],
    ["nowhere", [], undefined],
  ] as const)("a word that a person does not see is told as hidden: a hidden range %s", (_, hidden, told) => {
    const mail = { message: { html: "x", htmlText: { text: "The outage and the rest", hidden } } };
    expect(reasonsOf("{ keywords: [outage] }", mail)?.map((reason) => "hidden" in reason && reason.hidden)).toEqual([
      told ?? false,
    ]);
  });

  test("facts are told with the condition and with what the mail has, behind the words that were found", () => {
    const mail = {
      message: {
        size: 5000,
        subject: "outage",
        from: [
          { name: "", address: "A@x.example" },
          { name: "", address: "b@y.example" },
          { name: "", address: "c@X.example" },
        ],
        headers: [{ name: "x-a", value: "1 (High)" }],
        attachments: [
          { filename: "a.pdf", contentType: "application/pdf", size: 1, inline: false },
          { filename: null, contentType: "image/png", size: 1, inline: false },
        ],
      },
      receipt: {
        envelope: { mailFrom: "", recipients: ["x@acme.example", "y@acme.example"] },
        verdicts: { spf: "GRAY" as const },
      },
    };
    expect(
      reasonsOf(
        "{ from: ['*@x.example'], mailFrom: <>, recipient: ['y*', '*@acme.example'], header: [{ name: X-A, value: 1* }, { name: X-A }, { name: X-B, absent: true }], " +
          "verdicts: { spf: [GRAY, absent] }, size: { over: 1KB, under: 1MB }, attachments: {}, keywords: { any: [outage], none: [test, trial] }, not: { from: [a@b], keywords: [x] } }",
        mail,
      ),
    ).toEqual([
      { field: "subject", keyword: "outage", start: 0, end: 6, excerpt: "outage", excerptStart: 0, excerptEnd: 6 },
      { field: "verdicts.spf", condition: "GRAY, absent", value: "GRAY" },
      { field: "size", condition: "over: 1KB, under: 1MB", value: "5000 bytes" },
      { field: "mailFrom", condition: "<>", value: "<>" },
      { field: "recipient", condition: "*@acme.example", value: "x@acme.example" },
      { field: "recipient", condition: "y*", value: "y@acme.example" },
      { field: "from", condition: "*@x.example", value: "A@x.example" },
      { field: "from", condition: "*@x.example", value: "c@X.example" },
      { field: "header:X-A", condition: "1*", value: "1 (High)" },
      { field: "header:X-A", condition: "present", value: "1 (High)" },
      { field: "header:X-B", condition: "absent", value: "absent" },
      { field: "attachments", condition: "count: { min: 1 }", value: "2: a.pdf, image/png" },
    ]);
  });

  test("of `any`, each condition that holds is told; of `all`, each", () => {
    const mail = { message: { subject: "alpha", size: 9 } };
    expect(
      reasonsOf("{ any: [{ keywords: [alpha] }, { keywords: [beta] }, { size: { over: 1 } }] }", mail),
    ).toHaveLength(2);
    expect(
      reasonsOf(
        "{ all: [{ keywords: [alpha] }, { any: [{ size: { over: 1 } }, { not: { size: { over: 8 } } }] }] }",
        mail,
      ),
    ).toHaveLength(2);
  });

  test("what is not there is told only when nothing else explains the match", () => {
    const when = "{ keywords: { none: [test, trial] }, not: { from: [a@b], keywords: [x] } }";
    const absent = [
      {
        field: "keywords",
        condition: "none: [test, trial]",
        value: "not found in subject, text, html, attachmentNames",
      },
      { field: "not", condition: "keywords: { any: x }, from: a@b", value: "does not hold" },
    ];
    expect(reasonsOf(when, {})).toEqual(absent);
    expect(reasonsOf(`{ all: [${when}, { size: { over: 1 } }] }`, {})).toHaveLength(1);
  });

  test("a rule that matches for want of something has a reason too", () => {
    expect(reasonsOf("{ attachments: { count: { max: 0 } } }", {})).toEqual([
      { field: "attachments", condition: "count: { max: 0 }", value: "none" },
    ]);
  });

  test("a mail that lists every keyword has a bounded number of reasons, and some of each condition", () => {
    const words = Array.from({ length: 500 }, (_, i) => `word${i}`);
    const mail = { message: { text: words.join(" "), size: 9, html: words.join(" ") } };
    const reasons = reasonsOf(
      `{ keywords: [${words.join(", ")}], size: { over: 1 }, any: [{ keywords: { any: [word7], in: [html] } }] }`,
      mail,
    );
    expect(reasons).toHaveLength(MAX_REASONS);
    expect(reasons?.filter(({ field }) => field === "size" || field === "html")).toHaveLength(2);
  });

  test("hundreds of things that are not there are told to a limit, and leave room for what is", () => {
    const absent = Array.from({ length: 500 }, (_, i) => `{ not: { keywords: [word${i}] } }`).join(", ");
    expect(reasonsOf(`{ all: [${absent}] }`, {})).toHaveLength(MAX_REASONS);
    expect(reasonsOf(`{ all: [${absent}, { size: { over: 1 } }] }`, { message: { size: 9 } })).toHaveLength(1);
  });

  test("hundreds of recipients are told to a limit", () => {
    const recipients = Array.from({ length: 500 }, (_, i) => `r${i}@acme.example`);
    const receipt = { envelope: { mailFrom: "", recipients } };
    expect(reasonsOf("{ recipient: '*@acme.example' }", { receipt })).toHaveLength(MAX_REASONS);
  });

  test("long values and long conditions are cut, on one line", () => {
    const value = `1\u202e\n${"x".repeat(100_000)}`;
    const mail = { message: { headers: [{ name: "x-a", value }] } };
    const keywords = Array.from({ length: 1_000 }, (_, i) => `word${i}`).join(", ");
    const whens = ["{ header: { name: X-A } }", `{ keywords: { none: [${keywords}] } }`];
    const reasons = whens.flatMap((when) => reasonsOf(when, mail) ?? []);
    expect(reasons).toHaveLength(2);
    for (const reason of reasons) {
      const { condition, value: told } = reason as { condition: string; value: string };
      expect(condition.length).toBeLessThanOrEqual(MAX_REASON_VALUE + 1);
      expect(told.length).toBeLessThanOrEqual(MAX_REASON_VALUE + 1);
      expect(told).not.toMatch(/[\n\u202e]/);
    }
  });
});
