import { type Alias, isAlias, isMap, isNode, isScalar, isSeq, type Node } from "yaml";
import type { Unclosed } from "./syntax.ts";
import { keyName, type YamlPath } from "./values.ts";

/** Where a path leads: the value, the key it stands under, and whether the file has it at all. */
export interface YamlPlace {
  readonly node: unknown;
  readonly key: unknown;
  readonly found: boolean;
}

type Step = readonly [name: string | number, key: unknown, value: unknown];

/** The offset in the file at which a node begins, in UTF-16 units. */
export function startOf(node: unknown): number {
  return rangeOf(node)?.[0] ?? 0;
}

export function contains(node: unknown, offset: number): boolean {
  const range = rangeOf(node);
  return range !== undefined && range[0] <= offset && offset <= range[1];
}

function rangeOf(node: unknown): readonly [number, number, number] | undefined {
  return isNode(node) ? (node.range ?? undefined) : undefined;
}

function* steps(node: unknown): Generator<Step> {
  if (isSeq(node)) for (const [index, item] of node.items.entries()) yield [index, undefined, item];
  if (isMap(node)) for (const { key, value } of node.items) yield [keyName(key) ?? "", key, value];
}

/** Follows a path as far as the file has it. Of a key that stands twice, the first counts. */
export function placeOf(root: unknown, path: YamlPath, aliased: ReadonlyMap<Alias, Node>): YamlPlace {
  let node = root;
  let key: unknown;
  for (const name of path) {
    const inside = isAlias(node) ? aliased.get(node) : node;
    const step =
      typeof name === "number" && isSeq(inside)
        ? ([name, undefined, inside.items[name]] as const)
        : findStep(inside, name);
    if (step?.[2] === undefined) return { node, key, found: false };
    [, key, node] = step;
  }
  return { node, key, found: true };
}

function findStep(node: unknown, name: string | number): Step | undefined {
  for (const step of steps(node)) if (step[0] === name) return step;
  return undefined;
}

const IS_KIND: Readonly<Record<Unclosed, (node: unknown) => boolean>> = {
  "a quote": isScalar,
  "a [": isSeq,
  "a {": isMap,
};

/** The innermost value around an offset, of the kind that is not closed where one is given; and the path to it. */
export function innermost(root: unknown, offset: number, unclosed?: Unclosed): { node: unknown; path: YamlPath } {
  const path: (string | number)[] = [];
  let inner: { node: unknown; path: YamlPath } = { node: root, path: [] };
  let node = root;
  for (;;) {
    if (unclosed === undefined || IS_KIND[unclosed](node)) inner = { node, path: [...path] };
    const step = steps(node).find(([, , value]) => contains(value, offset));
    if (step === undefined) return inner;
    path.push(step[0]);
    node = step[2];
  }
}
