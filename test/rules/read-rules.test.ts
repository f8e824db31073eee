import fc from "fast-check";
import { expect, test } from "vitest";
import { VERDICT_NAMES, VERDICT_STATUSES } from "../../shared/receipt/receipt.ts";
import { readRules } from "../../shared/rules/read-rules.ts";
import { DISPOSITIONS, SEVERITIES, TEXT_FIELDS } from "../../shared/rules/vocabulary.ts";
import { ruleFile } from "../support/rules.ts";

const DEFAULTS = { in: ["subject", "text", "html", "attachmentNames"], substring: false, lookAlikes: false };

test("a rule with nothing but a name and a condition gets the defaults", () => {
  expect(readRules("rules: [{ name: a, when: { from: b@acme.example } }]", "rules.yml")).toEqual({
    version: 1,
    policy: {},
    rules: [
      {
        name: "a",
        enabled: true,
        stop: false,
        when: { from: ["b@acme.example"] },
        alert: { topic: "default", severity: "info", tags: [] },
      },
    ],
  });
});

test.each([
  ["{ keywords: [a, b*] }", { keywords: { any: ["a", "b*"], ...DEFAULTS } }],
  [
    "{ keywords: { all: [障害], none: [test], in: [text, 'header:X-Ticket'], substring: true } }",
    {
      keywords: { all: ["障害"], none: ["test"], in: ["text", "header:X-Ticket"], substring: true, lookAlikes: false },
    },
  ],
  ["{ keywords: { any: [a], lookAlikes: true } }", { keywords: { any: ["a"], ...DEFAULTS, lookAlikes: true } }],
  ["{ matches: { pattern: 'a\\d' } }", { matches: [{ pattern: "a\\d", in: DEFAULTS.in }] }],
  [
    "{ matches: [{ pattern: a, in: [subject] }, { pattern: b }] }",
    {
      matches: [
        { pattern: "a", in: ["subject"] },
        { pattern: "b", in: DEFAULTS.in },
      ],
    },
  ],
  ["{ to: ['*@a.example', b@c.example], mailFrom: <> }", { to: ["*@a.example", "b@c.example"], mailFrom: ["<>"] }],
  ["{ header: { name: X-A } }", { header: [{ name: "X-A" }] }],
  [
    "{ header: [{ name: X-A, value: 1* }, { name: X-B, absent: true }] }",
    {
      header: [
        { name: "X-A", value: "1*" },
        { name: "X-B", absent: true },
      ],
    },
  ],
  ["{ verdicts: { spam: FAIL, spf: [absent, GRAY] } }", { verdicts: { spam: ["FAIL"], spf: ["absent", "GRAY"] } }],
  ["{ size: { over: 1KB, under: 2048 } }", { size: { over: "1KB", under: 2048 } }],
  [
    "{ attachments: { type: application/pdf, name: ['*.exe', '*.js'], count: { min: 1, max: 3 } } }",
    { attachments: { type: ["application/pdf"], name: ["*.exe", "*.js"], count: { min: 1, max: 3 } } },
  ],
  ["{ attachments: {} }", { attachments: {} }],
  [
    "{ any: [{ not: { recipient: a@b } }, { all: [{ from: a@b }] }] }",
    { any: [{ not: { recipient: ["a@b"] } }, { all: [{ from: ["a@b"] }] }] },
  ],
])("when: %s is read with its short forms written out", (when, condition) => {
  expect(readRules(ruleFile(when), "rules.yml").rules[0]?.when).toEqual(condition);
});

test("a policy may name each verdict with each status, and absent", () => {
  const words = [...VERDICT_STATUSES, "absent"];
  const policy = Object.fromEntries(
    VERDICT_NAMES.map((name) => [name, Object.fromEntries(words.map((word, i) => [word, DISPOSITIONS[i % 3]]))]),
  );
  expect(readRules(JSON.stringify({ policy, rules: [] }), "rules.yml").policy).toEqual(policy);
});

test("an alert may have any severity, a topic and tags; a rule may be described, switched off, and stop the run", () => {
  const rules = SEVERITIES.map((severity, i) => ({
    name: `r.${i}`,
    description: "d",
    enabled: false,
    stop: true,
    when: { keywords: { any: ["a"], in: [...TEXT_FIELDS], substring: false, lookAlikes: false } },
    alert: { topic: "on-call", severity, tags: ["x"] },
  }));
  expect(readRules(JSON.stringify({ version: 1, rules }), "rules.yml").rules).toEqual(rules);
});

test("an anchor can be used in several rules", () => {
  const yaml = `rules:
  - { name: a, when: { keywords: &words [outage, 障害] } }
  - { name: b, when: { keywords: { all: *words } } }
`;
  expect(readRules(yaml, "rules.yml").rules[1]?.when.keywords?.all).toEqual(["outage", "障害"]);
});

test("words that YAML 1.1 took for truth values are keywords, and so is a star inside a word", () => {
  const { rules } = readRules(ruleFile("{ keywords: [no, on, yes, outage:*, '***SPAM***'] }"), "rules.yml");
  expect(rules[0]?.when.keywords?.any).toEqual(["no", "on", "yes", "outage:*", "***SPAM***"]);
});

test("a valid file survives JSON, and reading it again changes nothing", () => {
  const condition = fc.record(
    {
      keywords: fc.array(fc.stringMatching(/^[a-z]{1,8}\*?$/), { minLength: 1, maxLength: 3 }),
      from: fc.constant("*@acme.example"),
      verdicts: fc.record({ spam: fc.constantFrom(...VERDICT_STATUSES, "absent") }),
      size: fc.record({ over: fc.nat() }),
    },
    { requiredKeys: ["from"] },
  );
  fc.assert(
    fc.property(fc.uniqueArray(fc.stringMatching(/^[\w.-]{1,64}$/), { maxLength: 5 }), condition, (names, when) => {
      const rules = readRules(JSON.stringify({ rules: names.map((name) => ({ name, when })) }), "rules.yml");
      expect(readRules(JSON.stringify(rules), "rules.yml")).toEqual(rules);
    }),
  );
});
