import { expect, test } from "vitest";
import {
  MAX_CONDITION_DEPTH,
  MAX_KEYWORDS,
  MAX_PATTERNS,
  MAX_RULES,
  MAX_RULES_FILE_LENGTH,
} from "../../shared/rules/limits.ts";
import { problemsOf, ruleFile } from "../support/rules.ts";

const TOO_LARGE = { line: 1, column: 1, path: "", message: expect.stringContaining("the file is too large") };

test("a file that is too large is not read", () => {
  expect(problemsOf(`rules: [] #${"x".repeat(MAX_RULES_FILE_LENGTH)}`)).toEqual([TOO_LARGE]);
});

test("conditions nested 20,000 deep are refused, not a stack overflow", () => {
  expect(problemsOf(`${ruleFile("").trimEnd()} ${"{ not: ".repeat(20_000)}`)).not.toEqual([]);
});

test("keywords are counted to a limit, over all rules and lists", () => {
  const half = `[${"a,".repeat(MAX_KEYWORDS / 2)}]`;
  const yaml = `rules:\n  - { name: a, when: { keywords: ${half} } }\n  - { name: b, when: { any: [{ keywords: { none: ${half}, all: [a] } }] } }\n`;
  expect(problemsOf(yaml)).toMatchObject([
    {
      line: 1,
      column: 1,
      path: "rules",
      message: `expected at most ${MAX_KEYWORDS} keywords in all rules, got ${MAX_KEYWORDS + 1}`,
    },
  ]);
});

test("20,000 keys that nobody knows are told up to a limit", () => {
  const problems = problemsOf(`rules: []\n${Array.from({ length: 20_000 }, (_, i) => `k${i}: 1\n`).join("")}`);
  expect(problems).toHaveLength(1_001);
});

test("conditions are nested to a limit", () => {
  const nested = (depth: number) => ruleFile(`${"{ not: ".repeat(depth)}{ from: a@b }${" }".repeat(depth)}`);
  expect(problemsOf(nested(MAX_CONDITION_DEPTH))).toEqual([]);
  for (const deeper of [1, 2, MAX_CONDITION_DEPTH]) {
    expect(problemsOf(nested(MAX_CONDITION_DEPTH + deeper))).toMatchObject([
      { message: "all, any and not are nested deeper than 20 levels" },
    ]);
  }
});

const BAD_PATTERNS = Array.from({ length: 5_000 }, (_, i) => `{ pattern: '(${i}' }`).join(", ");

test("5,000 patterns are counted before one of them is compiled: none of their own mistakes is told", () => {
  expect(problemsOf(ruleFile(`{ matches: [${BAD_PATTERNS}] }`))).toEqual([
    {
      line: 1,
      column: 1,
      path: "rules",
      message: `expected at most ${MAX_PATTERNS} patterns in all rules, got 5000`,
    },
  ]);
});

test.each([1, MAX_CONDITION_DEPTH + 1, 2 * MAX_CONDITION_DEPTH])(
  "patterns inside %d conditions are counted too",
  (depth) => {
    const when = `${"{ not: ".repeat(depth)}{ any: [{ matches: [${BAD_PATTERNS}] }] }${" }".repeat(depth)}`;
    expect(problemsOf(ruleFile(when)).map(({ message }) => message)).toEqual([
      `expected at most ${MAX_PATTERNS} patterns in all rules, got 5000`,
    ]);
  },
);

test("rules are counted to a limit, beside their patterns and keywords: each total that is too large is told", () => {
  const rule = (_: unknown, i: number) =>
    `  - { name: r${i}, when: { matches: { pattern: a }, keywords: [a, b, c, d, e, f, g, h, i, j, k] } }\n`;
  const yaml = `rules:\n${Array.from({ length: MAX_RULES + 1 }, rule).join("")}`;
  expect(problemsOf(yaml).map(({ message }) => message)).toEqual([
    `expected at most ${MAX_RULES} rules, got ${MAX_RULES + 1}`,
    `expected at most ${MAX_KEYWORDS} keywords in all rules, got ${11 * (MAX_RULES + 1)}`,
    `expected at most ${MAX_PATTERNS} patterns in all rules, got ${MAX_RULES + 1}`,
  ]);
});

test("what is wrong with the file as YAML is told beside a total that is too large", () => {
  const yaml = `${ruleFile(`{ matches: [${BAD_PATTERNS}] }`)}rules: []\n`;
  expect(problemsOf(yaml).map(({ message }) => message)).toEqual([
    `expected at most ${MAX_PATTERNS} patterns in all rules, got 5000`,
    'duplicate key "rules", first on line 1',
  ]);
});

test("a message quotes no more than a little of the file, on one line", () => {
  const long = `"${"long ".repeat(20_000)}"`;
  const yaml = [
    `rules:\n  - name: ${long}\n    when: { keywords: [${" ".repeat(10)}${long}], from: ${long}, ${long}: 1, ${long}: 2 }`,
    `  - { name: "a\\nb", when: {} }\n  - { name: "a\\nb", when: { keywords: [*${"x".repeat(20_000)}] } }\n  - { name: a } ${long}\n`,
  ].join("\n");
  const problems = problemsOf(yaml);
  expect(problems.length).toBeGreaterThan(8);
  for (const { message } of problems) {
    expect(message.length).toBeLessThan(300);
    expect(message).not.toContain("\n");
  }
});
