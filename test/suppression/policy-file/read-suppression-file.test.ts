import { readFile } from "node:fs/promises";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { SuppressionFileError } from "../../../shared/errors.ts";
import { DEFAULT_POLICY } from "../../../shared/suppression/policy.ts";
import { suppressionJsonSchema } from "../../../shared/suppression/policy-file/json-schema.ts";
import {
  MAX_COUNT,
  MAX_COUNTED_DAYS,
  MAX_EXPIRY_DAYS,
  MAX_SUPPRESSION_FILE_LENGTH,
  MAX_TRUSTED_DOMAINS,
} from "../../../shared/suppression/policy-file/limits.ts";
import { readSuppressionFile } from "../../../shared/suppression/policy-file/read-suppression-file.ts";
import { NO_SUPPRESSION_FILE } from "../../../shared/suppression/policy-file/suppression-file.ts";

const read = (yaml: string) => readSuppressionFile(yaml, "suppression.yml");

function problemsOf(yaml: string): readonly string[] {
  try {
    read(yaml);
  } catch (error) {
    if (!(error instanceof SuppressionFileError)) throw error;
    return error.problems.map(({ line, column, message }) => `${line}:${column} ${message}`);
  }
  return [];
}

const sample = (file: string) => readFile(new URL(`../../../samples/${file}`, import.meta.url), "utf8");

describe("a suppression file", () => {
  test.each(["", "# nothing yet\n", "{}", "version: 1", "policy: {}\ntrust: {}", "trust: { allow: [] }"])(
    "that says nothing, %j, is the default policy, and SES alone is believed",
    (yaml) => {
      expect(read(yaml)).toEqual(NO_SUPPRESSION_FILE);
    },
  );

  test("of the samples is the default policy, written out", async () => {
    const yaml = await sample("suppression.yml");
    expect(read(yaml)).toEqual(NO_SUPPRESSION_FILE);
    for (const key of [...Object.keys(DEFAULT_POLICY), ...Object.keys(DEFAULT_POLICY.bounces)])
      expect(yaml).toContain(`${key}:`);
  });

  test.each([
    ["mislabelled: false", { mislabelled: false }],
    ["permanentBounces: 2", { permanentBounces: 2 }],
    ["repeatedBounces: { bounces: 3 }", { repeatedBounces: { bounces: 3, days: 14 } }],
    ["repeatedBounces: { days: 7 }", { repeatedBounces: { bounces: 5, days: 7 } }],
    ["mailboxFullDays: 60", { mailboxFullDays: 60 }],
    ["ambiguousComplaints: 1", { ambiguousComplaints: 1 }],
    ["harmlessReasons: []", { harmlessReasons: [] }],
    ["uncountedReasons: [blocked, undefined]", { uncountedReasons: ["blocked", "undefined"] }],
    [
      "expiryDays: { bounce: 365, mailboxFull: never }",
      { expiryDays: { ...DEFAULT_POLICY.expiryDays, bounce: 365, mailboxFull: null } },
    ],
    [
      "bounces: { Permanent/General: count, Transient/*: none }",
      { bounces: { ...DEFAULT_POLICY.bounces, "Permanent/General": "count", "Transient/*": "none" } },
    ],
    [
      "bounces: { Permanent/NewerThanWeAre: suppress, Undetermined/Undetermined: none }",
      {
        bounces: {
          ...DEFAULT_POLICY.bounces,
          "Permanent/NewerThanWeAre": "suppress",
          "Undetermined/Undetermined": "none",
        },
      },
    ],
  ])("with %s differs from the default policy in that alone", (line, changed) => {
    expect(read(`policy:\n  ${line}\n`).policy).toEqual({ ...DEFAULT_POLICY, ...changed });
  });

  test("may name domains in any case and script; they are kept in lower case, in ASCII", () => {
    const yaml = 'trust: { allow: [MX.Partner.example, "*.ISP.example", "*.bücher.example", a_b.isp.example] }';
    expect(read(yaml).trust.allow).toEqual([
      "mx.partner.example",
      "*.isp.example",
      "*.xn--bcher-kva.example",
      "a_b.isp.example",
    ]);
  });
});

describe("the problems of a suppression file", () => {
  test("are told with the name of the file, each with line and column", () => {
    expect(() => read("polcy: {}\npolicy:\n  permanentBounces: 0\n")).toThrow(
      new SuppressionFileError("suppression.yml", [
        { line: 1, column: 1, path: "polcy", message: 'unknown key "polcy", did you mean "policy"?' },
        { line: 3, column: 21, path: "policy.permanentBounces", message: "expected 1 or more, got the number 0" },
      ]),
    );
  });

  test.each([
    ["bounces: { Permanant/General: suppress }", 'unknown bounce type "Permanant", did you mean "Permanent"?'],
    ["bounces: { permanent/General: suppress }", 'unknown bounce type "permanent", did you mean "Permanent"?'],
    ["bounces: { Soft/General: count }", 'unknown bounce type "Soft"; known are Permanent, Transient, Undetermined'],
    [
      "bounces: { Transient/mailboxfull: count }",
      'unknown bounces "Transient/mailboxfull", did you mean "Transient/MailboxFull"?',
    ],
    ["bounces: { Transient: count }", 'expected bounces such as Transient/MailboxFull or Transient/*, got "Transient"'],
    [
      "bounces: { Transient/a-b: count }",
      'expected bounces such as Transient/MailboxFull or Transient/*, got "Transient/a-b"',
    ],
    ["bounces: { Transient/*: cuont }", 'unknown effect "cuont", did you mean "count"?'],
    ["bounces: [Transient]", "expected a mapping, got a list"],
    ["harmlessReasons: [tooLage]", 'unknown reason "tooLage", did you mean "tooLarge"?'],
    ["harmlessReasons: tooLarge", 'expected a list, got "tooLarge"'],
    ["mislabelled: yes", 'expected true or false, got "yes"'],
    ["permanentBounces: 1.5", "expected a whole number, got the number 1.5"],
    [`permanentBounces: ${MAX_COUNT + 1}`, `expected at most ${MAX_COUNT}, got more`],
    ["repeatedBounces: { bounces: 1 }", "expected 2 or more, got the number 1"],
    [`repeatedBounces: { bounces: ${MAX_COUNT + 1} }`, `expected at most ${MAX_COUNT}, got more`],
    [`repeatedBounces: { days: ${MAX_COUNTED_DAYS + 1} }`, `expected at most ${MAX_COUNTED_DAYS}, got more`],
    ["repeatedBounces: 5", "expected a mapping, got the number 5"],
    ["mailboxFullDays: 0", "expected 1 or more, got the number 0"],
    [`ambiguousComplaints: ${MAX_COUNT + 1}`, `expected at most ${MAX_COUNT}, got more`],
    ["expiryDays: { bounces: 5 }", 'unknown key "bounces", did you mean "bounce"?'],
    ["expiryDays: { bounce: Never }", 'expected a number of days from 1 to 3650, or never, got "Never"'],
    ["expiryDays: { bounce: }", "expected a number of days from 1 to 3650, or never, got nothing"],
    ["expiryDays: { bounce: 0 }", "expected 1 or more, got the number 0"],
    [`expiryDays: { bounce: ${MAX_EXPIRY_DAYS + 1} }`, `expected at most ${MAX_EXPIRY_DAYS}, got more`],
  ])("policy: %s", (line, message) => {
    expect(problemsOf(`policy:\n  ${line}\n`)).toEqual([expect.stringMatching(/^2:\d+ /)]);
    expect(problemsOf(`policy:\n  ${line}\n`)[0]).toContain(message);
  });

  test.each([
    "jane@isp.example",
    "example",
    "*.example",
    "*",
    "*@isp.example",
    "a.*.example",
    "isp..example",
    "-a.example",
    "192.0.2.1",
    "a b.example",
    ".isp.example",
    "isp.example.",
  ])("trust: %j is no domain", (domain) => {
    const shown = JSON.stringify(domain);
    expect(problemsOf(`trust: { allow: [${shown}] }`)).toEqual([
      `1:18 expected a domain such as mx.partner.example, or *.isp.example for all domains below one, got ${shown}`,
    ]);
  });

  test.each([
    ["version: 2", ["1:10 expected 1, got the number 2"]],
    ["policy:", ["1:8 expected a mapping, got nothing"]],
    ["- policy", ["1:1 expected a mapping, got a list"]],
    ["policy: [", ["1:9 a [ is opened here and never closed"]],
    ["trust: { allow: isp.example }", ['1:17 expected a list, got "isp.example"']],
  ])("%j", (yaml, problems) => {
    expect(problemsOf(yaml)).toEqual(problems);
  });

  test("a file that is too large is not read, nor a list without end", () => {
    expect(problemsOf(`#${"x".repeat(MAX_SUPPRESSION_FILE_LENGTH)}`)[0]).toContain("the file is too large");
    expect(problemsOf(`trust: { allow: [${"a.example,".repeat(MAX_TRUSTED_DOMAINS + 1)}] }`)).toEqual([
      `1:17 expected at most ${MAX_TRUSTED_DOMAINS} entries, got more`,
    ]);
  });

  test("whatever the text, it is read or refused with problems", () => {
    const piece = fc.oneof(
      fc.constantFrom("policy:", "trust:", "\n  ", "\n", "bounces: ", "expiryDays: ", "{", "}", "[", "]", ": ", ", "),
      fc.constantFrom(
        "Permanent/General",
        "Transient/*",
        "suppress",
        "never",
        "allow: ",
        "*.isp.example",
        "5",
        "__proto__",
      ),
      fc.string({ maxLength: 4 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        const yaml = pieces.join("");
        if (problemsOf(yaml).length === 0) expect(Object.keys(read(yaml))).toEqual(["policy", "trust"]);
      }),
    );
  });
});

describe("samples/suppression.schema.json", () => {
  test("is what `npm run schemas` writes", async () => {
    expect(JSON.parse(await sample("suppression.schema.json"))).toEqual(suppressionJsonSchema());
  });

  test("describes every key, and completes the bounces that are known", () => {
    const { policy, trust } = JSON.parse(JSON.stringify(suppressionJsonSchema())).properties;
    for (const [key, property] of Object.entries({ ...policy.properties, ...trust.properties }))
      expect([key, JSON.stringify(property)]).toEqual([key, expect.stringContaining('"description"')]);
    expect(Object.keys(policy.properties)).toEqual(Object.keys(DEFAULT_POLICY));
    expect(Object.keys(policy.properties.bounces.properties)).toEqual(Object.keys(DEFAULT_POLICY.bounces));
    expect(policy.properties.expiryDays.properties.mailboxFull.default).toBe(90);
    expect(policy.properties.expiryDays.properties.bounce.default).toBe("never");
    expect(policy.additionalProperties).toBe(false);
  });
});
