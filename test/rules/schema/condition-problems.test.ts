import { expect, test } from "vitest";
import { MAX_GLOB_LENGTH, MAX_KEYWORD_LENGTH } from "../../../shared/rules/limits.ts";
import { problemsOf } from "../../support/rules.ts";

const HEAD = "rules:\n  - name: it\n    when: ";

/** Problems of one `when` that begins at line 3, column 11. */
test.each([
  // Keys and words that are not known.
  ["{ keyword: [a] }", ['3:13 rules[0].when.keyword: unknown key "keyword", did you mean "keywords"?']],
  [
    "{ keywords: { any: [a], where: [text] } }",
    ['3:35 rules[0].when.keywords.where: unknown key "where"; known are any, all, none, in, substring, lookAlikes'],
  ],
  [
    "{ keywords: { any: [a], in: [subjct] } }",
    ['3:40 rules[0].when.keywords.in[0]: unknown field "subjct", did you mean "subject"?'],
  ],
  [
    "{ keywords: { any: [a], in: ['header:'] } }",
    [
      '3:40 rules[0].when.keywords.in[0]: unknown field "header:"; known are subject, text, html, from, to, attachmentNames, attachmentTypes, header:<name>',
    ],
  ],
  ["{ keywords: { any: [a], in: [5] } }", ["3:40 rules[0].when.keywords.in[0]: expected a field, got the number 5"]],
  [
    "{ verdicts: { dmarc: [FAIL, GREY], spam: fail } }",
    [
      '3:39 rules[0].when.verdicts.dmarc[1]: unknown status "GREY", did you mean "GRAY"?',
      '3:52 rules[0].when.verdicts.spam: unknown status "fail", did you mean "FAIL"?',
    ],
  ],
  ["{ verdicts: { dmark: PASS } }", ['3:25 rules[0].when.verdicts.dmark: unknown key "dmark", did you mean "dmarc"?']],
  // What YAML makes of words.
  [
    "{ keywords: [no, 123, true, ~] }",
    [
      '3:28 rules[0].when.keywords[1]: expected text, got the number 123; if you mean the text, put it in quotes: "123"',
      '3:33 rules[0].when.keywords[2]: expected text, got true; if you mean the text, put it in quotes: "true"',
      "3:39 rules[0].when.keywords[3]: expected text, got nothing; the text null or ~, and text that begins with #, must be in quotes",
    ],
  ],
  [
    "{ keywords: [a: b, [c]] }",
    [
      "3:24 rules[0].when.keywords[0]: expected text, got a mapping; text with a colon and a space in it, or that begins with {, must be in quotes",
      "3:30 rules[0].when.keywords[1]: expected text, got a list; text that begins with [ must be in quotes",
    ],
  ],
  [
    "{ keywords: [*urgent] }",
    [
      `3:24 rules[0].when.keywords[0]: nothing before this is named "&urgent"; text that begins with * must be in quotes`,
    ],
  ],
  ["{ keywords: [a, *] }", ["3:27 rules[0].when.keywords[1]: text that begins with * must be in quotes"]],
  [
    "{ keywords: [@here] }",
    ["3:24 rules[0].when.keywords[0]: text that begins with @, `, % or another sign of YAML must be in quotes"],
  ],
  ["{ keywords: [!now x] }", ["3:24 rules[0].when.keywords: unknown tag; text that begins with ! must be in quotes"]],
  [
    '{ matches: { pattern: "INV-\\d+" } }',
    [
      "3:38 rules[0].when.matches.pattern: in double quotes a backslash begins an escape; write the text in single quotes, or the backslash twice",
    ],
  ],
  // Values that cannot be meant.
  [
    "{ keywords: ['', ' \u200b', '*'] }",
    [
      '3:24 rules[0].when.keywords[0]: nothing to search for: expected a visible character, got ""',
      '3:28 rules[0].when.keywords[1]: nothing to search for: expected a visible character, got " \u200b"',
      '3:34 rules[0].when.keywords[2]: nothing to search for: expected a visible character before the *, got "*"',
    ],
  ],
  [
    "{ keywords: outage }",
    [
      '3:23 rules[0].when.keywords: expected a list of keywords such as [outage, "service down"], or a mapping with any, all or none, got "outage"',
    ],
  ],
  ["{ keywords: [] }", ["3:23 rules[0].when.keywords: expected at least one, got none"]],
  ["{ keywords: {} }", ["3:23 rules[0].when.keywords: expected a list under any, all or none"]],
  [
    "{ keywords: { any: [], none: 3 } }",
    [
      "3:30 rules[0].when.keywords.any: expected at least one, got none",
      "3:40 rules[0].when.keywords.none: expected a list, got the number 3",
    ],
  ],
  [
    `{ keywords: [${"a".repeat(MAX_KEYWORD_LENGTH + 1)}] }`,
    ["3:24 rules[0].when.keywords[0]: expected at most 200 characters, got more"],
  ],
  [
    "{ from: acme.example }",
    [
      '3:19 rules[0].when.from: expected an address or a pattern with an @ such as "*@acme.example", got "acme.example"',
    ],
  ],
  [
    "{ from: [a@b.example, 'a @b.example', b@] }",
    [
      '3:33 rules[0].when.from[1]: an address has no white space, got "a @b.example"',
      '3:49 rules[0].when.from[2]: expected an address or a pattern with an @, got "b@"',
    ],
  ],
  ["{ recipient: [] }", ["3:24 rules[0].when.recipient: expected at least one, got none"]],
  [
    "{ mailFrom: 5 }",
    [
      '3:23 rules[0].when.mailFrom: expected an address, a pattern such as "*@acme.example", or a list of such, got the number 5',
    ],
  ],
  [
    `{ to: "${"*".repeat(MAX_GLOB_LENGTH + 1)}" }`,
    ["3:17 rules[0].when.to: expected at most 320 characters, got more"],
  ],
  [
    "{ header: { name: 'X-A:' } }",
    ['3:29 rules[0].when.header.name: expected the name of a header, without its colon, got "X-A:"'],
  ],
  [
    "{ header: [{ name: X-A, value: 1 }, { value: b }] }",
    [
      '3:42 rules[0].when.header[0].value: expected text, got the number 1; if you mean the text, put it in quotes: "1"',
      '3:47 rules[0].when.header[1].name: "name" is missing',
    ],
  ],
  [
    "{ header: { name: X-A, value: a, absent: true } }",
    ["3:21 rules[0].when.header: a header that is absent has no value: leave one out"],
  ],
  ["{ header: { name: X-A, absent: false } }", ["3:42 rules[0].when.header.absent: expected true, got false"]],
  ["{ verdicts: {} }", ["3:23 rules[0].when.verdicts: expected at least one verdict"]],
  [
    "{ verdicts: { spam: no, spf: [] } }",
    [
      '3:31 rules[0].when.verdicts.spam: unknown status "no"; known are PASS, FAIL, GRAY, PROCESSING_FAILED, DISABLED, absent',
      "3:40 rules[0].when.verdicts.spf: expected at least one, got none",
    ],
  ],
  [
    "{ size: { over: 2MB, under: 1MB } }",
    ["3:19 rules[0].when.size: no mail is both larger than `over` and smaller than `under`"],
  ],
  [
    "{ size: { over: 1024, under: 1025 } }",
    ["3:19 rules[0].when.size: no mail is both larger than `over` and smaller than `under`"],
  ],
  [
    "{ size: { over: ten, under: -1 } }",
    [
      '3:27 rules[0].when.size.over: expected a size such as 500KB or 10MB, or a number of bytes, got "ten"',
      "3:39 rules[0].when.size.under: expected 0 or more, got the number -1",
    ],
  ],
  ["{ size: {} }", ["3:19 rules[0].when.size: expected over, under or both"]],
  ["{ attachments: { count: { min: 3, max: 1 } } }", ["3:35 rules[0].when.attachments.count: min is more than max"]],
  [
    "{ attachments: { count: { min: 1.5, max: many }, name: [] } }",
    [
      "3:42 rules[0].when.attachments.count.min: expected a whole number, got the number 1.5",
      '3:52 rules[0].when.attachments.count.max: expected a whole number, got "many"',
      "3:66 rules[0].when.attachments.name: expected at least one, got none",
    ],
  ],
  ["{}", ["3:11 rules[0].when: expected at least one condition, such as keywords, got none"]],
  ["", ["3:11 rules[0].when: expected a mapping, got nothing"]],
  ["[]", ["3:11 rules[0].when: expected a mapping, got a list"]],
  [
    "{ all: [], any: { from: a@b }, not: {} }",
    [
      "3:18 rules[0].when.all: expected at least one, got none",
      "3:27 rules[0].when.any: expected a list, got a mapping",
      "3:47 rules[0].when.not: expected at least one condition, such as keywords, got none",
    ],
  ],
])("when: %s", (when, problems) => {
  expect(
    problemsOf(`${HEAD}${when}\n`).map(({ line, column, path, message }) => `${line}:${column} ${path}: ${message}`),
  ).toEqual(problems);
});
