import { isCollection } from "yaml";
import type { FileProblem } from "../errors.ts";
import { MAX_PROBLEMS } from "./limits.ts";
import { contains, innermost, placeOf, startOf } from "./places.ts";
import { readYamlSyntax } from "./syntax.ts";
import { type YamlPath, yamlValues } from "./values.ts";

/** A YAML file as plain values, with the way back from a value to its place. */
export interface YamlFile {
  readonly value: unknown;
  /** What is wrong with it as YAML. */
  readonly problems: readonly FileProblem[];
  /** False when `value` is not all of the file: nothing can be said about what is in it. */
  readonly whole: boolean;
  /**
   * A problem with the value, or the key, at `path`; where there is none, with what it is missing from.
   *
   * @returns `undefined` when the file is misread just there: then what looks wrong follows from that
   */
  problemAt(path: YamlPath, message: string, part?: "value" | "key"): FileProblem | undefined;
}

/** Reads a YAML text; `undefined` when it holds more than is read. */
export function readYamlFile(source: string): YamlFile | undefined {
  const syntax = readYamlSyntax(source);
  if (syntax === undefined) return undefined;
  const { lines } = syntax;
  // Where one mistake is told in two ways, the first way.
  const errors = [...new Map(syntax.errors.toReversed().map((error) => [error.offset, error])).values()]
    .reverse()
    .slice(0, MAX_PROBLEMS);
  const root = syntax.document.contents;
  const problems: FileProblem[] = [];

  function problem(offset: number, path: YamlPath, message: string): FileProblem {
    const { line, col } = lines.linePos(offset);
    return { line, column: col, path: spellPath(path), message };
  }

  const { value, whole, aliased } = yamlValues(
    root,
    (node, path, message) => problems.push(problem(startOf(node), path, message)),
    (node) => lines.linePos(startOf(node)).line,
  );
  for (const { offset, message, unclosed } of errors) {
    const { node, path } = innermost(root, offset, unclosed);
    problems.push(problem(unclosed ? startOf(node) : offset, path, message));
  }

  return {
    value,
    whole,
    problems,
    problemAt(path, message, part = "value") {
      const { node, key, found } = placeOf(root, path, aliased);
      if (part === "key" && found) return problem(startOf(key), path, message);
      // `{ name }` has a key and no value.
      const there = problem(startOf(node ?? key), path, message);
      const follows = errors.some(
        ({ offset, misread }) =>
          (contains(node, offset) && (misread || !isCollection(node))) ||
          (misread && !found && lines.linePos(offset).line === there.line),
      );
      return follows ? undefined : there;
    },
  };
}

/** `rules[2].when.keywords.any[0]` */
function spellPath(path: YamlPath): string {
  return path
    .map((step) => (typeof step === "number" ? `[${step}]` : `.${step}`))
    .join("")
    .replace(/^\./, "");
}
