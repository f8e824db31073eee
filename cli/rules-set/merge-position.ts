import { UsageError } from "../usage-error.ts";

/** Where in a set our rule shall stand. */
export type Position =
  | { readonly kind: "first" }
  | { readonly kind: "last" }
  | { readonly kind: "after"; readonly rule: string };

/** `first`, `last` or `after:RULE`; `undefined` when it is none of these. */
export function readPosition(written: string): Position | undefined {
  if (written === "first" || written === "last") return { kind: written };
  const rule = written.startsWith("after:") ? written.slice("after:".length) : "";
  return rule === "" ? undefined : { kind: "after", rule };
}

/**
 * The rule that ours comes after; `undefined`: before all others.
 *
 * @param others the names of all rules but ours, in their order
 * @throws {UsageError} when there is no such rule
 */
export function ruleBefore(position: Position, others: readonly string[]): string | undefined {
  if (position.kind !== "after") return position.kind === "last" ? others.at(-1) : undefined;
  if (others.includes(position.rule)) return position.rule;
  const there = others.length === 0 ? "has no other rule" : `has ${others.join(", ")}`;
  throw new UsageError(`expected --position after: a rule that the set has, got ${position.rule}; it ${there}`);
}
