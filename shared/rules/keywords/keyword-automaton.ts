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
import { codeAt, createSortedKeys, type SortedKeys, sortByUnit, takeEnding } from "./sorted-keys.ts";

/** An Aho-Corasick automaton: finds all of its keys in one pass over a text, however many there are. */
export interface KeywordAutomaton {
  /** By UTF-16 unit: its code, 0 when no key has it; BEGINS is added when a key begins with it. */
  readonly codes: Int32Array;
  readonly cells: Int32Array;
  /** By number of a key: the number of the longest key that is a proper suffix of it, 0 for none. */
  readonly suffixes: Int32Array;
}

// Codes are multiples of CELL, so that a node's base and a code make a child. That leaves room for a bit.
export const BEGINS = 1;

/** Nodes that have children: each with the keys that begin like it, from place `first` of their order up to `behind`. */
interface Parents {
  readonly nodes: number[];
  readonly first: number[];
  readonly behind: number[];
}

interface Construction {
  readonly array: DoubleArray;
  readonly suffixes: Int32Array;
  readonly keys: SortedKeys;
  /** Of the node that is worked on. */
  readonly branches: Branches;
  /** Those of the next depth. */
  next: Parents;
}

/**
 * Builds the automaton of these keys, which are not empty and all different. Keys are numbered from 1.
 * Depth by depth, without recursion: when a node is reached, all nodes of lesser depth are complete.
 */
export function buildAutomaton(texts: readonly string[]): KeywordAutomaton {
  const units = unitsOf(texts);
  const codes = new Int32Array(0x10000);
  for (const [i, unit] of units.entries()) codes[unit] = CELL * (i + 1);
  const keys = createSortedKeys(texts, codes, CELL * units.length);
  const construction = {
    array: createDoubleArray(),
    suffixes: new Int32Array(texts.length + 1),
    keys,
    branches: { codes: [], firsts: [] },
    next: { nodes: [ROOT], first: [0], behind: [texts.length] },
  };
  for (let depth = 0; construction.next.nodes.length > 0; depth++) growAll(construction, depth);
  for (const text of texts) codes[text.charCodeAt(0)] = (codes[text.charCodeAt(0)] as number) | BEGINS;
  return { codes, cells: finishedCells(construction.array, CELL * units.length), suffixes: construction.suffixes };
}

/** All units that the keys are made of, ascending. */
function unitsOf(texts: readonly string[]): readonly number[] {
  const seen = new Uint8Array(0x10000);
  const units: number[] = [];
  for (const text of texts) {
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      if (seen[unit] === 0) units.push(unit);
      seen[unit] = 1;
    }
  }
  return units.sort((a, b) => a - b);
}

function growAll(construction: Construction, depth: number): void {
  const parents = construction.next;
  construction.next = { nodes: [], first: [], behind: [] };
  for (let i = 0; i < parents.nodes.length; i++) {
    branch(construction, parents.first[i] as number, parents.behind[i] as number, depth);
    growChildren(construction, parents.nodes[i] as number, depth);
  }
}

/** Keys that have begun alike, by the code that follows: from `firsts[i]` up to `firsts[i + 1]`, those of `codes[i]`. */
interface Branches {
  readonly codes: number[];
  readonly firsts: number[];
}

function branch(
  { keys, branches: { codes, firsts } }: Construction,
  first: number,
  behind: number,
  depth: number,
): void {
  sortByUnit(keys, first, behind, depth);
  codes.length = 0;
  firsts.length = 0;
  for (let place = first, known = 0; place < behind; place++) {
    const code = codeAt(keys, place, depth);
    if (code === known) continue;
    known = code;
    codes.push(code);
    firsts.push(place);
  }
  firsts.push(behind);
}

/** Gives a node its children, and makes those that have children themselves parents of the next depth. */
function growChildren(construction: Construction, parent: number, depth: number): void {
  const { array, suffixes, keys, next } = construction;
  const { codes, firsts } = construction.branches;
  const base = placeChildren(array, parent, codes);
  const parentFail = array.cells[parent + FAIL] as number;
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i] as number;
    const node = base + code;
    const fail = parent === ROOT ? ROOT : step(array.cells, parentFail, code);
    const longestSuffix = array.cells[fail + OUTPUT] as number;
    const first = firsts[i] as number;
    const behind = firsts[i + 1] as number;
    const key = takeEnding(keys, first, behind, depth + 1);
    if (key !== 0) suffixes[key] = longestSuffix;
    array.cells[node + FAIL] = fail;
    array.cells[node + OUTPUT] = key === 0 ? longestSuffix : key;
    const longer = key === 0 ? first : first + 1;
    if (longer >= behind) continue;
    next.nodes.push(node);
    next.first.push(longer);
    next.behind.push(behind);
  }
}

/** The node of the longest suffix of what was read, this code included, that is in the trie. */
export function step(cells: Int32Array, from: number, code: number): number {
  let node = from;
  for (;;) {
    const child = (cells[node + BASE] as number) + code;
    if (cells[child + CHECK] === node) return child;
    if (node === ROOT) return ROOT;
    node = cells[node + FAIL] as number;
  }
}
