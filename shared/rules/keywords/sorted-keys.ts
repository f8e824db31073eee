import { CELL } from "./double-array.ts";

/** Below this, to insert each key where it belongs is faster than to count them. */
const FEW = 24;

/** Keys that are put in order unit by unit, as far as the automaton asks: to sort them as strings takes longer than to build it. */
export interface SortedKeys {
  /** The codes of their units one key after another; behind each its number, from 1, made negative. */
  readonly pool: Int32Array;
  /** Where in the pool each key begins, those that begin alike side by side. */
  readonly order: Int32Array;
  /** Room to sort in: by place, and by code. */
  readonly sorted: Int32Array;
  readonly places: Int32Array;
}

/** @param codes by unit: multiples of CELL up to `last` */
export function createSortedKeys(keys: readonly string[], codes: Int32Array, last: number): SortedKeys {
  const pool = new Int32Array(keys.reduce((length, key) => length + key.length + 1, 0));
  const order = new Int32Array(keys.length);
  let end = 0;
  for (let key = 0; key < keys.length; key++) {
    const text = keys[key] as string;
    order[key] = end;
    for (let i = 0; i < text.length; i++) pool[end++] = codes[text.charCodeAt(i)] as number;
    pool[end++] = -(key + 1);
  }
  return { pool, order, sorted: new Int32Array(keys.length), places: new Int32Array(last / CELL + 2) };
}

/** The code of the unit `depth` of the key at a place of the order; its number, made negative, when it ends before. */
export function codeAt({ pool, order }: SortedKeys, place: number, depth: number): number {
  return pool[(order[place] as number) + depth] as number;
}

/** Puts the key of this length before the others that begin like it; returns its number, or 0 when there is none. */
export function takeEnding(keys: SortedKeys, first: number, behind: number, length: number): number {
  const { order } = keys;
  for (let place = first; place < behind; place++) {
    const code = codeAt(keys, place, length);
    if (code > 0) continue;
    const start = order[place] as number;
    order[place] = order[first] as number;
    order[first] = start;
    return -code;
  }
  return 0;
}

/** Sorts the keys from `first` up to `behind` by their unit `depth`, which all of them have. */
export function sortByUnit(keys: SortedKeys, first: number, behind: number, depth: number): void {
  if (behind - first < FEW) insertEach(keys, first, behind, depth);
  else countAll(keys, first, behind, depth);
}

function insertEach(keys: SortedKeys, first: number, behind: number, depth: number): void {
  const { order } = keys;
  for (let place = first + 1; place < behind; place++) {
    const start = order[place] as number;
    const code = codeAt(keys, place, depth);
    let to = place;
    for (; to > first && codeAt(keys, to - 1, depth) > code; to--) order[to] = order[to - 1] as number;
    order[to] = start;
  }
}

function countAll(keys: SortedKeys, first: number, behind: number, depth: number): void {
  const { order, sorted, places } = keys;
  places.fill(0);
  for (let place = first; place < behind; place++) addTo(places, codeAt(keys, place, depth) / CELL + 1, 1);
  for (let code = 1; code < places.length; code++) addTo(places, code, places[code - 1] as number);
  for (let place = first; place < behind; place++)
    sorted[addTo(places, codeAt(keys, place, depth) / CELL, 1)] = order[place] as number;
  order.set(sorted.subarray(0, behind - first), first);
}

/** Adds to a number of an array; returns what it was. */
function addTo(numbers: Int32Array, at: number, more: number): number {
  const was = numbers[at] as number;
  numbers[at] = was + more;
  return was;
}
