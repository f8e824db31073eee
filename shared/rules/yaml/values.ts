import { type Alias, isAlias, isMap, isScalar, isSeq, type Node, type YAMLMap, type YAMLSeq } from "yaml";
import { shorten } from "../excerpt.ts";
import { MAX_QUOTED, MAX_YAML_DEPTH, MAX_YAML_VALUES } from "../limits.ts";

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

/**
 * Turns the nodes of a YAML document into plain values, and reports repeated keys, aliases of nothing, and bombs.
 *
 * Takes one walk in the order of the file, so an alias stands for the last anchor before it.
 */
export function yamlValues(root: unknown, report: Report, lineOf: (node: unknown) => number): YamlValues {
  const anchors = new Map<string, Node>();
  const aliased = new Map<Alias, Node>();
  const path: (string | number)[] = [];
  let values = 0;
  let whole = true;

  function plain(node: unknown): unknown {
    if (!whole) return null;
    if (++values > MAX_YAML_VALUES)
      return giveUp(node, `more than ${MAX_YAML_VALUES} values, counting aliases written out`);
    if (path.length > MAX_YAML_DEPTH) return giveUp(node, `nested deeper than ${MAX_YAML_DEPTH} levels`);
    if (isAlias(node)) return followed(node);
    if (isScalar(node)) return scalar(node);
    if (isSeq(node)) return list(node);
    return isMap(node) ? record(node) : null;
  }

  function giveUp(node: unknown, message: string): null {
    whole = false;
    report(node, path, message);
    return null;
  }

  function anchor(node: Node & { anchor?: string }): void {
    if (node.anchor !== undefined) anchors.set(node.anchor, node);
  }

  function scalar(node: Node & { value: unknown; anchor?: string }): unknown {
    anchor(node);
    return node.value;
  }

  function list(node: YAMLSeq): unknown[] {
    anchor(node);
    return node.items.map((item, index) => at(index, item));
  }

  function record(node: YAMLMap): Record<string, unknown> {
    anchor(node);
    // Without a prototype a key such as `__proto__` is a key like any other, and unknown to the schema.
    const entries: Record<string, unknown> = Object.create(null);
    const keys = new Map<string, unknown>();
    for (const { key, value } of node.items) {
      const name = keyName(key);
      if (name === undefined) report(key, path, "a key must be plain text");
      else if (keys.has(name))
        report(key, [...path, name], `${quoted(name)} stands here already, on line ${lineOf(keys.get(name))}`);
      else {
        keys.set(name, key);
        entries[name] = at(name, value);
      }
    }
    return entries;
  }

  function at(step: string | number, node: unknown): unknown {
    path.push(step);
    const value = plain(node);
    path.pop();
    return value;
  }

  function followed(alias: Alias): unknown {
    const target = anchors.get(alias.source);
    if (target === undefined) {
      // An alias without a name is told by the library.
      if (alias.source)
        report(
          alias,
          path,
          `nothing before this is named ${quoted(`&${alias.source}`)}; text that begins with * must be in quotes`,
        );
      return `*${alias.source}`;
    }
    aliased.set(alias, target);
    return plain(target);
  }

  return { value: plain(root), aliased, whole };
}

/** A name in a message, on one line. */
function quoted(name: string): string {
  return JSON.stringify(shorten(name, MAX_QUOTED));
}

/** Keys are text to us, however YAML reads them: `123:` and `true:` are unknown words like any other. */
export function keyName(key: unknown): string | undefined {
  return isScalar(key) ? (typeof key.value === "string" ? key.value : (key.source ?? "")) : undefined;
}
