import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compileRules } from "../../shared/rules/compile-rules.ts";
import { matchRules } from "../../shared/rules/match-rules.ts";
import { readRules } from "../../shared/rules/read-rules.ts";
import { isTextReason } from "../../shared/rules/reason.ts";
import { messageOf } from "../support/messages.ts";
import { receiptOf } from "../support/receipts.ts";
import { matchesOf, ruleFile } from "../support/rules.ts";

const named = (yaml: string, subject: string) => matchesOf(yaml, { message: { subject } }).map(({ rule }) => rule.name);

describe("rules", () => {
  const yaml = `rules:
  - { name: first, when: { keywords: [alpha] } }
  - { name: off, enabled: false, stop: true, when: { keywords: [alpha] } }
  - { name: last, when: { keywords: [beta] }, stop: true }
  - { name: never, when: { keywords: [alpha, beta] } }
`;
  test.each([
    ["alpha", ["first", "never"]],
    ["beta", ["last"]],
    ["beta alpha", ["first", "last"]],
    ["gamma", []],
  ])("run in the order of the file, past those that are off, to one that stops: %s", (subject, names) => {
    expect(named(yaml, subject)).toEqual(names);
  });

  test("a match carries its rule as the file has it", () => {
    const [match] = matchesOf("rules: [{ name: a, when: { keywords: [x] }, alert: { topic: t, tags: [b] } }]", {
      message: { text: "x" },
    });
    expect(match?.rule.alert).toEqual({ topic: "t", severity: "info", tags: ["b"] });
  });

  test("run the same after a way through JSON", () => {
    const rules = readRules(yaml, "rules.yml");
    const mail = { message: messageOf({ subject: "alpha beta" }), receipt: receiptOf() };
    const copy = compileRules(JSON.parse(JSON.stringify(rules)));
    expect(matchRules(copy, mail)).toEqual(matchRules(compileRules(rules), mail));
  });

  test("carry their policy", () => {
    const rules = readRules("policy: { spam: { FAIL: STOP_RULE } }\nrules: []", "rules.yml");
    expect(compileRules(rules).policy).toEqual({ spam: { FAIL: "STOP_RULE" } });
  });

  test("that are none match nothing", () => {
    expect(matchesOf("rules: []", { message: { subject: "alpha" } })).toEqual([]);
  });
});

test("whatever the mail, offsets point at the keyword in the field's own text, and each match has a reason", () => {
  const rules = compileRules(
    readRules(
      `rules:
  - { name: words, when: { keywords: [outage, 障害, "b*"] } }
  - { name: none, when: { keywords: { none: [outage] } } }
  - { name: either, when: { any: [{ not: { keywords: [b] } }, { header: { name: X-A, absent: true } }, { attachments: { count: { max: 0 } } }] } }
`,
      "rules.yml",
    ),
  );
  const words = fc.array(
    fc.oneof(fc.constantFrom("outage", "OUTAGE", "障害", "b", "bcd", " ", "\n", ",", "x"), fc.string({ maxLength: 3 })),
    { maxLength: 30 },
  );
  const text = words.map((list) => list.join(""));
  fc.assert(
    fc.property(text, text, text, (subject, plain, html) => {
      const message = messageOf({ subject, text: plain, html });
      const fields: Record<string, string> = { subject, text: plain, html };
      for (const { because } of matchRules(rules, { message, receipt: receiptOf() }).matches) {
        expect(because.length).toBeGreaterThan(0);
        for (const reason of because) {
          if (!isTextReason(reason)) continue;
          const found = fields[reason.field]?.slice(reason.start, reason.end).toLowerCase();
          expect(["outage", "障害", "b"]).toContain(found);
          const { excerpt, excerptStart, excerptEnd } = reason;
          expect(excerpt.slice(excerptStart, excerptEnd).toLowerCase()).toBe(found);
        }
      }
    }),
  );
});

describe("what is searched", () => {
  test("a field that no rule looks at is not read", () => {
    const message = messageOf({ subject: "alpha" });
    const guarded = new Proxy(message, {
      get: (target, key) => {
        if (key === "text" || key === "htmlText" || key === "nested" || key === "attachments")
          throw new Error(`read ${String(key)}`);
        return Reflect.get(target, key);
      },
    });
    const rules = compileRules(readRules(ruleFile("{ keywords: { any: [alpha], in: [subject, from] } }"), "rules.yml"));
    expect(matchRules(rules, { message: guarded, receipt: receiptOf() }).matches).toHaveLength(1);
  });

  test("a text that patterns see the beginning of only is told as a problem", () => {
    const rules = compileRules(readRules(ruleFile("{ matches: { pattern: a, in: [text] } }"), "rules.yml"));
    const run = (text: string) => matchRules(rules, { message: messageOf({ text }), receipt: receiptOf() }).problems;
    expect(run("b".repeat(1_000_000))).toMatchObject([{ code: "patternTextCut" }]);
    expect(run("b".repeat(1_000))).toEqual([]);
  });

  test("what patterns see is shared by the texts of a mail", () => {
    const rules = compileRules(readRules(ruleFile("{ matches: { pattern: a, in: [text] } }"), "rules.yml"));
    const nested = Array.from({ length: 3 }, () => messageOf({ text: "b".repeat(60_000) }));
    const run = (count: number) =>
      matchRules(rules, { message: messageOf({ nested: nested.slice(0, count) }), receipt: receiptOf() }).problems;
    expect(run(2)).toEqual([]);
    expect(run(3)).toMatchObject([{ code: "patternTextCut" }]);
  });
});
