import { type Alias, isAlias, isMap, isNode, isScalar, isSeq, type Node, type YAMLMap } from "yaml";
import { MAX_QUOTED, shorten } from "../text/excerpt.ts";
import { MAX_YAML_DEPTH, MAX_YAML_VALUES } from "./limits.ts";

export type YamlPath = readonly (string | number)[];

/** Told of each mistake, at a node of the file. */
export type Report = (node: unknown, path: YamlPath, message: string) => void;

export interface YamlValues {
  /** Plain values: text, numbers, truth values, `null`, arrays, objects without a prototype. */
  readonly value: unknown;
  /** What each alias stands for. */
  readonly aliased: ReadonlyMap<Alias, Node>;
  /** False when the file is a bomb, or nested without end: the value is then not whole. */
  readonly whole: boolean;
}

/** One walk over a document, and what it knows so far. */
interface Walk {
  readonly report: Report;
  readonly lineOf: (node: unknown) => number;
  readonly anchors: Map<string, Node>;
  readonly aliased: Map<Alias, Node>;
  readonly path: (string | number)[];
  values: number;
  whole: boolean;
}

/**
 * Turns the nodes of a YAML document into plain values, and reports repeated keys, aliases of nothing, and bombs.
 *
 * Takes one walk in the order of the file, so an alias stands for the last anchor before it.
 */
export function yamlValues(root: unknown, report: Report, lineOf: (node: unknown) => number): YamlValues {
  const walk: Walk = { report, lineOf, anchors: new Map(), aliased: new Map(), path: [], values: 0, whole: true };
  return { value: plainValue(walk, root), aliased: walk.aliased, whole: walk.whole };
}

function plainValue(walk: Walk, node: unknown): unknown {
  if (!walk.whole) return null;
  if (++walk.values > MAX_YAML_VALUES)
    return giveUp(walk, node, `more than ${MAX_YAML_VALUES} values, counting aliases written out`);
  if (walk.path.length > MAX_YAML_DEPTH) return giveUp(walk, node, `nested deeper than ${MAX_YAML_DEPTH} levels`);
  if (isAlias(node)) return aliasValue(walk, node);
  if (isNode(node) && node.anchor !== undefined) walk.anchors.set(node.anchor, node);
  if (isScalar(node)) return node.value;
  if (isSeq(node)) return node.items.map((item, index) => valueAt(walk, index, item));
  return isMap(node) ? mappingValue(walk, node) : null;
}

function giveUp(walk: Walk, node: unknown, message: string): null {
  walk.whole = false;
  walk.report(node, walk.path, message);
  return null;
}

function valueAt(walk: Walk, step: string | number, node: unknown): unknown {
  walk.path.push(step);
  const value = plainValue(walk, node);
  walk.path.pop();
  return value;
}

function mappingValue(walk: Walk, { items }: YAMLMap): Record<string, unknown> {
  // Without a prototype a key such as `__proto__` is a key like any other, and unknown to the schema.
  const entries: Record<string, unknown> = Object.create(null);
  const first = new Map<string, unknown>();
  for (const { key, value } of items) {
    const name = keyName(key);
    if (name === undefined) walk.report(key, walk.path, "a key must be plain text");
    else if (first.has(name)) {
      const line = walk.lineOf(first.get(name));
      walk.report(key, [...walk.path, name], `duplicate key ${quoted(name)}, first on line ${line}`);
    } else {
      first.set(name, key);
      entries[name] = valueAt(walk, name, value);
    }
  }
  return entries;
}

function aliasValue(walk: Walk, alias: Alias): unknown {
  const target = walk.anchors.get(alias.source);
  if (target !== undefined) {
    walk.aliased.set(alias, target);
    return plainValue(walk, target);
  }
  // An alias without a name is told by the library.
  if (alias.source) {
    const message = `nothing before this is named ${quoted(`&${alias.source}`)}; text that begins with * must be in quotes`;
    walk.report(alias, walk.path, message);
  }
  return `*${alias.source}`;
}

/** A name in a message, on one line. */
function quoted(name: string): string {
  return JSON.stringify(shorten(name, MAX_QUOTED));
}

/** Keys are text to us, however YAML reads them: `123:` and `true:` are unknown words like any other. */
export function keyName(key: unknown): string | undefined {
  return isScalar(key) ? (typeof key.value === "string" ? key.value : (key.source ?? "")) : undefined;
}
