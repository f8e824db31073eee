import {
  BASE,
  CELL,
  CHECK,
  createDoubleArray,
  type DoubleArray,
  FAIL,
  finishedCells,
  OUTPUT,
  placeChildren,
  ROOT,
} from "./double-array.ts";

/** An Aho-Corasick automaton: finds all of its keys in one pass over a text, however many there are. */
export interface KeywordAutomaton {
  /** By UTF-16 unit: its code, 0 when no key has it. */
  readonly codes: Uint16Array;
  readonly cells: Int32Array;
  /** By number of a key: the number of the longest key that is a proper suffix of it, 0 for none. */
  readonly suffixes: Int32Array;
}

/** Keys that begin alike, from `first` up to `behind`, and the code that follows there. */
interface Branch {
  readonly code: number;
  readonly first: number;
  readonly behind: number;
}

/** A node that has children: those of the keys that begin like it. */
interface Parent {
  readonly node: number;
  readonly first: number;
  readonly behind: number;
}

interface Construction {
  readonly keys: readonly string[];
  readonly codes: Uint16Array;
  readonly array: DoubleArray;
  readonly suffixes: Int32Array;
}

/**
 * Builds the automaton of these keys, which are not empty, all different, and in UTF-16 order. Keys are numbered from 1.
 * Depth by depth, without recursion: when a node is reached, all nodes of lesser depth are complete.
 */
export function buildAutomaton(keys: readonly string[]): KeywordAutomaton {
  const { codes, count } = assignCodes(keys);
  const suffixes = new Int32Array(keys.length + 1);
  const construction: Construction = { keys, codes, array: createDoubleArray(), suffixes };
  let parents: Parent[] = [{ node: ROOT, first: 0, behind: keys.length }];
  for (let depth = 0; parents.length > 0; depth++) {
    const next: Parent[] = [];
    for (const parent of parents) growChildren(construction, parent, depth, next);
    parents = next;
  }
  return { codes, cells: finishedCells(construction.array, count), suffixes };
}

function assignCodes(keys: readonly string[]): { codes: Uint16Array; count: number } {
  const codes = new Uint16Array(0x10000);
  for (const key of keys) for (let i = 0; i < key.length; i++) codes[key.charCodeAt(i)] = 1;
  let count = 0;
  for (let unit = 0; unit < codes.length; unit++) if (codes[unit] === 1) codes[unit] = ++count;
  return { codes, count };
}

/** Gives a node its children, and puts those that have children themselves into `next`. */
function growChildren(construction: Construction, parent: Parent, depth: number, next: Parent[]): void {
  const { array, suffixes } = construction;
  const branches = branchesOf(construction, parent, depth);
  const codes = branches.map(({ code }) => code);
  const base = placeChildren(array, parent.node, codes);
  for (const { code, first, behind } of branches) {
    const node = base + CELL * code;
    const fail = parent.node === ROOT ? ROOT : step(array.cells, array.cells[parent.node + FAIL] as number, code);
    const longestSuffix = array.cells[fail + OUTPUT] as number;
    // In UTF-16 order, the key that ends at this node is the first of those that begin like it.
    const ends = construction.keys[first]?.length === depth + 1;
    if (ends) suffixes[first + 1] = longestSuffix;
    array.cells[node + FAIL] = fail;
    array.cells[node + OUTPUT] = ends ? first + 1 : longestSuffix;
    const longer = ends ? first + 1 : first;
    if (longer < behind) next.push({ node, first: longer, behind });
  }
}

function branchesOf({ keys, codes }: Construction, parent: Parent, depth: number): Branch[] {
  const branches: Branch[] = [];
  for (let first = parent.first, behind = first; first < parent.behind; first = behind) {
    const unit = keys[first]?.charCodeAt(depth) ?? 0;
    while (behind < parent.behind && keys[behind]?.charCodeAt(depth) === unit) behind++;
    branches.push({ code: codes[unit] ?? 0, first, behind });
  }
  return branches;
}

/** The node of the longest suffix of what was read, this code included, that is in the trie. */
export function step(cells: Int32Array, from: number, code: number): number {
  let node = from;
  for (;;) {
    const child = (cells[node + BASE] as number) + CELL * code;
    if (cells[child + CHECK] === node) return child;
    if (node === ROOT) return ROOT;
    node = cells[node + FAIL] as number;
  }
}
