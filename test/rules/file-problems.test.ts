import fc from "fast-check";
import { expect, test } from "vitest";
import { RulesFileError } from "../../shared/errors.ts";

import { readRules } from "../../shared/rules/read-rules.ts";
import { MAX_PROBLEMS } from "../../shared/yaml/limits.ts";
import { expectPlacesInside } from "../support/file-problems.ts";
import { problemsOf, ruleFile } from "../support/rules.ts";

test("the error names the file, and each problem with its line and column", () => {
  expect(() => readRules("rules:\n- name: a\n  whn: {}\n", "my/rules.yml")).toThrow(
    new RulesFileError("my/rules.yml", [
      { line: 2, column: 3, path: "rules[0].when", message: '"when" is missing' },
      { line: 3, column: 3, path: "rules[0].whn", message: 'unknown key "whn", did you mean "when"?' },
    ]),
  );
});

test("a file with a mistake of every sort names them all, in its order", () => {
  const yaml = `version: 2
rulez: []
policy: { virus: { FAIL: STOP } }
rules:
  - name: outage
    when: { keywords: [ok, 404] }
  - name: outage
    name: twice
    when: { keyword: [x], matches: { pattern: '(' } }
    alert: { severity: criticl }
  - name: third
    when: { size: { over: 2MB, under: 1MB }, from: "acme.example" }
    stop: maybe
  - when: { all: [{ not: {} }], header: { name: "X-A:" } }
  - name: outage
    when: { keywords: { any: ["\\u200b"], in: [sub] }, matches: { pattern: "\\d" } }
`;
  expect(problemsOf(yaml).map(({ line, column }) => `${line}:${column}`)).toEqual([
    "1:10",
    "2:1",
    "3:26",
    "6:28",
    "7:11",
    "8:5",
    "9:13",
    "9:47",
    "10:24",
    "12:19",
    "12:52",
    "13:11",
    "14:5",
    "14:26",
    "14:49",
    "15:11",
    "16:31",
    "16:47",
    "16:76",
  ]);
});

test("problems are counted to a limit", () => {
  const problems = problemsOf(ruleFile(`{ keywords: [${"1,".repeat(MAX_PROBLEMS + 5)}] }`));
  expect(problems).toHaveLength(MAX_PROBLEMS + 1);
  expect(problems.at(-1)?.message).toBe("there are more problems; these are the first");
});

test("whatever the text, it is read or refused with problems in order, inside the text", () => {
  const piece = fc.oneof(
    fc.constantFrom(
      "rules:",
      "\n",
      "\n  ",
      "- ",
      "name: a",
      "when: ",
      "{",
      "}",
      "[",
      "]",
      ": ",
      ", ",
      "&a ",
      "*a",
      "keywords",
      "'",
      '"',
      "\\",
      "#",
      "!x ",
      "|",
      "---\n",
      "not: ",
      "all: ",
      "1",
      "\t",
      "? ",
      "% ",
    ),
    fc.string({ maxLength: 4, unit: "binary" }),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      const yaml = pieces.join("");
      expectPlacesInside(yaml, problemsOf(yaml));
    }),
    { numRuns: 500 },
  );
});

test.each([
  ["", ["1:1 the file is empty: expected a mapping with the key rules"]],
  ["# rules\n", ["1:1 the file is empty: expected a mapping with the key rules"]],
  ["rules", ['1:1 expected a mapping, got "rules"']],
  ["- rules", ["1:1 expected a mapping, got a list"]],
  ["\uFEFFrules: []", ["1:1 the file begins with a byte order mark; save it as UTF-8 without one"]],
  ["r\0u\0l\0e\0s\0", ["1:1 the file is not text in UTF-8: it holds NUL characters; save it as UTF-8"]],
  ["version: 1", ['1:1 "rules" is missing']],
  ["rules:", ["1:7 expected a list, got nothing"]],
  ["version: '1'\nrules: []", ['1:10 expected 1, got "1"']],
  ["{ rules }", ["1:3 expected a list, got nothing"]],
  ["rules: []\n---\nrules: []", ["2:1 the file is one document: leave out what begins with this line"]],
  ["rules: []\nrules: []", ['2:1 duplicate key "rules", first on line 1']],
  [
    "__proto__: 1\nrules: []\n1: 2",
    [
      '1:1 unknown key "__proto__"; known are version, policy, rules',
      '3:1 unknown key "1"; known are version, policy, rules',
    ],
  ],
  ["? [rules]\n: []\nrules: []", ["1:3 a key must be plain text"]],
  [
    "policy: { virus: { FAIL: STOP_RULE_ST, pass: CONTINUE } }\nrules: []",
    [
      '1:26 unknown disposition "STOP_RULE_ST", did you mean "STOP_RULE_SET"?',
      '1:40 unknown key "pass", did you mean "PASS"?',
    ],
  ],
  [
    "rules: [a, { name: a/b, when: { from: a@b } }]",
    ['1:9 expected a mapping, got "a"', '1:20 expected a name of 1 to 64 letters A to Z, digits, _, . or -, got "a/b"'],
  ],
  [
    "rules: [{ name: a, when: { from: a@b }, enabled: yes, alert: { topik: x, tags: [a b] } }]",
    [
      '1:50 expected true or false, got "yes"',
      '1:64 unknown key "topik", did you mean "topic"?',
      '1:81 expected a name of 1 to 64 letters A to Z, digits, _, . or -, got "a b"',
    ],
  ],
  [
    "rules: [{ name: a, when: { from: a@b } },\n  { name: a, when: { from: a@b } }]",
    ['2:11 two rules are named "a"; the first is on line 1'],
  ],
])("the file %j", (yaml, problems) => {
  expect(problemsOf(yaml).map(({ line, column, message }) => `${line}:${column} ${message}`)).toEqual(problems);
});

test.each([
  ["a tab", "rules:\n\t- name: a\n", ["2:1 a tab; indent with spaces"]],
  [
    "a quote that is never closed",
    "rules:\n  - name: 'a\n    when: {}\n",
    ["2:11 a quote is opened here and never closed"],
  ],
  ["a bracket that is never closed", "rules: [{ name: a }", ["1:8 a [ is opened here and never closed"]],
  [
    "a wrong indent",
    "rules:\n  - name: a\n    when:\n      from: a@b\n     enabled: true\n",
    ["5:1 this is not indented like the lines it belongs to"],
  ],
  [
    "a second colon",
    "rules:\n  - name: a: b\n    when: { from: a@b }\n",
    ["2:11 a second colon on this line; text with a colon and a space in it must be in quotes"],
  ],
  ["a bracket too many", "rules: []]", ['1:10 not valid YAML: Unexpected flow-seq-end token in YAML stream: "]"']],
])("a mistake of YAML, %s, is told once, and what follows from it is not told", (_, yaml, problems) => {
  expect(problemsOf(yaml).map(({ line, column, message }) => `${line}:${column} ${message}`)).toEqual(problems);
});

test("a mistake of YAML does not hide the other mistakes of the file", () => {
  const yaml =
    "rules:\n  - name: a\n    when: { keyword: [x] }\n  - name: b\n    whn: { from: c: d }\n  - name: a\n    when: {}\n";
  expect(problemsOf(yaml).map(({ line, column }) => `${line}:${column}`)).toEqual([
    "3:13",
    "5:5",
    "5:18",
    "6:11",
    "7:11",
  ]);
});

test("a mistake in what an anchor holds is told once, where it stands", () => {
  const yaml = "rules:\n  - { name: a, when: { keywords: &k [1] } }\n  - { name: b, when: { keywords: *k } }\n";
  expect(problemsOf(yaml)).toMatchObject([{ line: 2, column: 38, path: "rules[0].when.keywords[0]" }]);
});
