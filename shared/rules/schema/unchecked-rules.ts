import type { Finding } from "../../yaml/schema/finding.ts";

// Ways through the plain values of a rules file before any check: whatever is not of the kind expected is passed over.

export type Mapping = Readonly<Record<string, unknown>>;

export interface PlacedCondition {
  readonly condition: Mapping;
  readonly path: Finding["path"];
  /** How many `all`, `any` and `not` it stands in. */
  readonly depth: number;
}

export function rulesIn(file: unknown): readonly unknown[] {
  return isMapping(file) ? listOf(file["rules"]) : [];
}

/** All conditions of a file, those inside others too, in its order. */
export function conditionsIn(file: unknown): readonly PlacedCondition[] {
  return rulesIn(file).flatMap((rule, index) =>
    isMapping(rule) && isMapping(rule["when"]) ? [...conditionsFrom(rule["when"], ["rules", index, "when"], 0)] : [],
  );
}

/** It recurses as deep as the file is nested, which `MAX_YAML_DEPTH` bounds. */
function* conditionsFrom(condition: Mapping, path: Finding["path"], depth: number): Generator<PlacedCondition> {
  yield { condition, path, depth };
  for (const key of ["all", "any"]) {
    for (const [index, inner] of listOf(condition[key]).entries()) {
      if (isMapping(inner)) yield* conditionsFrom(inner, [...path, key, index], depth + 1);
    }
  }
  const { not } = condition;
  if (isMapping(not)) yield* conditionsFrom(not, [...path, "not"], depth + 1);
}

export function isMapping(value: unknown): value is Mapping {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
