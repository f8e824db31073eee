import { readFileSync } from "node:fs";
import { FileProblemsError } from "../../shared/errors.ts";
import { compileRules } from "../../shared/rules/compile-rules.ts";
import { readRules } from "../../shared/rules/read-rules.ts";
import { readSuppressionFile } from "../../shared/suppression/policy-file/read-suppression-file.ts";
import { createMeter, type FuzzTarget, none } from "./fuzz-target.ts";
import { insertion, mutated, replacement, TEXT_MUTATIONS } from "./text-mutations.ts";

const sample = (name: string): string => readFileSync(new URL(`../../samples/${name}`, import.meta.url), "utf8");
const RULES = ["rules: []\n", "rules:\n  - name: a\n    when: { keywords: [b] }\n", sample("rules.yml")];
const SUPPRESSION = ["", "version: 1\n", sample("suppression.yml")];

const BOMB = Array.from(
  { length: 12 },
  (_, n) => `x${n + 1}: &x${n + 1} [${"*x0, ".repeat(9).replaceAll("x0", `x${n}`)}]\n`,
);
const SIGNS = [
  "\n",
  "\n  ",
  "\t",
  " ",
  ":",
  ": ",
  "- ",
  "? ",
  "#",
  "'",
  '"',
  "[",
  "]",
  "{",
  "}",
  ", ",
  "|\n",
  ">-\n",
  "---\n",
  "...\n",
  "&a ",
  "*a",
  "<<: *a",
  "!!binary ",
  "!x ",
  "%YAML 1.1\n",
  "\0",
  "\ufeff",
  "\u2028",
  "\ud800",
  "障害",
  "\r\n",
  "\r",
  "~",
  "null",
  "true",
  "1e999",
  "0x7f",
  ".inf",
  "2026-11-24",
  "__proto__: 1\n",
  "rules:\n",
  "when: ",
  `&x0 [a]\n${BOMB.join("")}`,
];
const VALUES = [
  "",
  "[]",
  "{}",
  "1",
  "-1",
  "''",
  "[a, [b]]",
  "{ a: { b: c } }",
  "|\n  x",
  "*none",
  "&a x",
  '"\\ud800"',
  "(",
  "\\p{x}",
];

const MUTATIONS = {
  ...TEXT_MUTATIONS,
  insert: insertion(SIGNS),
  value: replacement(/(:[ ]+).*/g, VALUES),
  key: replacement(/(^ *(?:- )?)[\w-]+(?=:)/gm, [
    "name",
    "when",
    "any",
    "not",
    "all",
    "alert",
    "in",
    "keywords",
    "",
    "x",
    "1",
  ]),
  indent: replacement(/(^ *)/gm, [" ", "  ", "    ", "\t"]),
};

const OTHERWISE = "each of its problems is told with its place in the file";

export function rulesFileTarget(): FuzzTarget<string> {
  return fileTarget("rules files", RULES, {
    promise: `each is compiled, or ${OTHERWISE}`,
    read: (text) => compileRules(readRules(text, "rules.yml")),
  });
}

export function suppressionFileTarget(): FuzzTarget<string> {
  return fileTarget("suppression files", SUPPRESSION, {
    promise: `each is read, or ${OTHERWISE}`,
    read: (text) => readSuppressionFile(text, "suppression.yml"),
  });
}

type Read = (text: string) => unknown;

function fileTarget(
  name: string,
  seeds: readonly string[],
  { promise, read }: { readonly promise: string; readonly read: Read },
): FuzzTarget<string> {
  const { spent, time } = createMeter();
  return {
    name,
    promise,
    inputs: mutated(seeds, MUTATIONS),
    spent,
    bytes: (text) => Buffer.from(text),
    holds: (text) => time(text.length, async () => checkFile(text, read)),
  };
}

function checkFile(text: string, read: Read): void {
  try {
    read(text);
  } catch (error) {
    if (!(error instanceof FileProblemsError)) throw error;
    none(problemFaults(text, error));
  }
}

function problemFaults(text: string, { problems }: FileProblemsError): readonly string[] {
  if (problems.length === 0) return ["it is refused without a problem"];
  const lines = text.split("\n");
  return problems.flatMap(({ line, column, message }) => {
    const length = lines[line - 1]?.length;
    const inside = length !== undefined && column >= 1 && column <= length + 2;
    return inside && message !== "" ? [] : [`a problem outside of the file: ${line}:${column} ${message}`];
  });
}
