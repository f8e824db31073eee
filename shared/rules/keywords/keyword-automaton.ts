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
  /** By UTF-16 unit: its code, 0 when no key has it; BEGINS is added when a key begins with it. */
  readonly codes: Int32Array;
  readonly cells: Int32Array;
  /** By number of a key: the number of the longest key that is a proper suffix of it, 0 for none. */
  readonly suffixes: Int32Array;
}

// Codes are multiples of CELL, so that a node's base and a code make a child. That leaves room for a bit.
export const BEGINS = 1;
const WITHOUT_BEGINS = ~BEGINS;

/** Nodes that have children, by depth: each with the keys that begin like it, from `first` up to `behind`. */
interface Parents {
  readonly nodes: number[];
  readonly first: number[];
  readonly behind: number[];
}

interface Construction {
  readonly keys: readonly string[];
  readonly codes: Int32Array;
  readonly array: DoubleArray;
  readonly suffixes: Int32Array;
  /** The next depth. */
  next: Parents;
}

/**
 * Builds the automaton of these keys, which are not empty, all different, and in UTF-16 order. Keys are numbered from 1.
 * Depth by depth, without recursion: when a node is reached, all nodes of lesser depth are complete.
 */
export function buildAutomaton(keys: readonly string[]): KeywordAutomaton {
  const { codes, last } = assignCodes(keys);
  const suffixes = new Int32Array(keys.length + 1);
  const construction: Construction = { keys, codes, array: createDoubleArray(), suffixes, next: noParents() };
  let parents: Parents = { nodes: [ROOT], first: [0], behind: [keys.length] };
  for (let depth = 0; parents.nodes.length > 0; depth++) {
    for (let i = 0; i < parents.nodes.length; i++) growChildren(construction, parents, i, depth);
    parents = construction.next;
    construction.next = noParents();
  }
  return { codes, cells: finishedCells(construction.array, last), suffixes };
}

function noParents(): Parents {
  return { nodes: [], first: [], behind: [] };
}

function assignCodes(keys: readonly string[]): { codes: Int32Array; last: number } {
  const codes = new Int32Array(0x10000);
  for (const key of keys) for (let i = 0; i < key.length; i++) codes[key.charCodeAt(i)] = 1;
  let last = 0;
  for (let unit = 0; unit < codes.length; unit++) if (codes[unit] === 1) codes[unit] = last += CELL;
  for (const key of keys) codes[key.charCodeAt(0)] = (codes[key.charCodeAt(0)] as number) | BEGINS;
  return { codes, last };
}

/** Gives a node its children, and makes those that have children themselves parents of the next depth. */
function growChildren(construction: Construction, parents: Parents, i: number, depth: number): void {
  const { array, suffixes, keys, codes } = construction;
  const parent = parents.nodes[i] as number;
  const { branches, offsets } = branchesOf(construction, parents.first[i] as number, parents.behind[i] as number, depth);
  const base = placeChildren(array, parent, offsets);
  const parentFail = array.cells[parent + FAIL] as number;
  for (let branch = 0; branch < offsets.length; branch++) {
    const first = branches[branch] as number;
    const node = base + (offsets[branch] as number);
    const code = codes[(keys[first] as string).charCodeAt(depth)] as number;
    const fail = parent === ROOT ? ROOT : step(array, parentFail, code);
    const longestSuffix = array.cells[fail + OUTPUT] as number;
    // In UTF-16 order, the key that ends at this node is the first of those that begin like it.
    const ends = keys[first]?.length === depth + 1;
    if (ends) suffixes[first + 1] = longestSuffix;
    array.cells[node + FAIL] = fail;
    array.cells[node + OUTPUT] = ends ? first + 1 : longestSuffix;
    const longer = ends ? first + 1 : first;
    const behind = branches[branch + 1] as number;
    if (longer >= behind) continue;
    construction.next.nodes.push(node);
    construction.next.first.push(longer);
    construction.next.behind.push(behind);
  }
}

/** The first key of each branch and, after the last, `behind`; and the codes that lead there. */
function branchesOf(
  { keys, codes }: Construction,
  first: number,
  behind: number,
  depth: number,
): { branches: number[]; offsets: number[] } {
  const branches: number[] = [];
  const offsets: number[] = [];
  let known = -1;
  for (let key = first; key < behind; key++) {
    const unit = (keys[key] as string).charCodeAt(depth);
    if (unit === known) continue;
    known = unit;
    branches.push(key);
    offsets.push((codes[unit] as number) & WITHOUT_BEGINS);
  }
  branches.push(behind);
  return { branches, offsets };
}

/** The node of the longest suffix of what was read, this code included, that is in the trie. */
export function step({ cells }: Pick<KeywordAutomaton, "cells">, from: number, code: number): number {
  const offset = code & WITHOUT_BEGINS;
  let node = from;
  while (node !== ROOT) {
    const child = (cells[node + BASE] as number) + offset;
    if (cells[child + CHECK] === node) return child;
    node = cells[node + FAIL] as number;
  }
  // The root's children are counted from the root itself.
  return code & BEGINS ? offset : ROOT;
}
