import type { FileProblem } from "../errors.ts";
import { MAX_PROBLEMS, MAX_YAML_LEXEMES } from "./limits.ts";
import type { Checked, Finding } from "./schema/finding.ts";
import { readYamlFile, type YamlFile } from "./yaml-file.ts";

/** What is asked of a file, besides that it is YAML. */
export interface FileKind<Value> {
  /** UTF-16 units. */
  readonly maxLength: number;
  /** What is expected in a file that must not be empty; without it an empty file is checked like any other, as `null`. */
  readonly notEmpty?: string;
  /** Takes the plain values of the file. */
  readonly check: (value: unknown) => Checked<Value>;
}

type Reading<Value> = { readonly value: Value } | { readonly problems: readonly FileProblem[] };

/** Reads and checks a YAML file: what is in it, or every problem that it has, in its order. */
export function readCheckedFile<Value>(yaml: string, kind: FileKind<Value>): Reading<Value> {
  const reading = yaml.length > kind.maxLength ? tooLarge(kind) : read(yaml, kind);
  return "value" in reading ? reading : { problems: inOrder(reading.problems) };
}

function read<Value>(yaml: string, kind: FileKind<Value>): Reading<Value> {
  if (yaml.includes("\0")) return atStart("the file is not text in UTF-8: it holds NUL characters; save it as UTF-8");
  const file = readYamlFile(yaml);
  if (file === undefined) return tooLarge(kind);
  const problems = [...encodingProblems(yaml), ...file.problems];
  if (!file.whole) return { problems };
  if (file.value === null && problems.length === 0 && kind.notEmpty !== undefined)
    return atStart(`the file is empty: expected ${kind.notEmpty}`);
  const checked = kind.check(file.value);
  if ("findings" in checked) return { problems: [...problems, ...located(checked.findings, file)] };
  return problems.length === 0 ? checked : { problems };
}

function tooLarge({ maxLength }: FileKind<unknown>): { problems: readonly FileProblem[] } {
  return atStart(
    `the file is too large: expected at most ${maxLength} characters and ${MAX_YAML_LEXEMES} words and signs`,
  );
}

function atStart(message: string): { problems: readonly FileProblem[] } {
  return { problems: [{ line: 1, column: 1, path: "", message }] };
}

/** The library reads over a byte order mark; other readers of the file do not. */
function encodingProblems(yaml: string): readonly FileProblem[] {
  if (!yaml.startsWith("\uFEFF")) return [];
  return atStart("the file begins with a byte order mark; save it as UTF-8 without one").problems;
}

function located(findings: readonly Finding[], file: YamlFile): readonly FileProblem[] {
  const most = findings.slice(0, MAX_PROBLEMS + 1);
  return most.flatMap(({ path, message, part, first }) => {
    const line = first && file.problemAt(first, "")?.line;
    return file.problemAt(path, line === undefined ? message : `${message}; the first is on line ${line}`, part) ?? [];
  });
}

/** By place; what an anchor holds is wrong once, however many aliases stand for it. */
function inOrder(problems: readonly FileProblem[]): readonly FileProblem[] {
  const distinct = Map.groupBy(problems, ({ line, column, message }) => `${line}:${column}:${message}`);
  const sorted = [...distinct.values()]
    .flatMap((same) => same.slice(0, 1))
    .sort((a, b) => a.line - b.line || a.column - b.column);
  const last = sorted[MAX_PROBLEMS];
  if (last === undefined) return sorted;
  return [...sorted.slice(0, MAX_PROBLEMS), { ...last, message: "there are more problems; these are the first" }];
}
