// A trie in one array (Aoe 1989): node n's child by code c stands in cell base(n) + c, and says in `check` that it is n's.
// A cell is four numbers side by side, so that one step of a scan touches one cache line. A node's number is the place
// of its cell in the array, so it is a multiple of CELL, and so are bases and codes.
export const CELL = 4;
/** Field: where this node's children are counted from. */
export const BASE = 0;
/** Field: the parent; FREE when nobody stands here. */
export const CHECK = 1;
/** Field: the node of the longest proper suffix that is in the trie. */
export const FAIL = 2;
/** Field: the number of the longest key that ends here, 0 for none. */
export const OUTPUT = 3;

export const ROOT = 0;
const FREE = -1;

// The free cells below the end form a ring through these two fields.
const PREVIOUS = BASE;
const NEXT = FAIL;

/**
 * Free cells that are tried for a node's children before they go behind everything else. Without a bound, nodes with
 * many children would each walk all the holes that the others left.
 */
const MAX_TRIES = 200;

export interface DoubleArray {
  cells: Int32Array;
  /** Behind the last node. */
  end: number;
  /** The free cell where the next search begins; ROOT, which is never free, when there is none. */
  hole: number;
}

export function createDoubleArray(): DoubleArray {
  return { cells: new Int32Array(1024 * CELL), end: CELL, hole: ROOT };
}

/**
 * Gives the node its children.
 * @param codes the codes that lead to them, from CELL, ascending
 * @returns the node's base: the child by code c is `base + c`, its fields zero but for the parent. That of the root is the root
 */
export function placeChildren(array: DoubleArray, node: number, codes: readonly number[]): number {
  const base = findBase(array, codes);
  reach(array, base + (codes.at(-1) ?? 0) + CELL);
  array.cells[node + BASE] = base;
  for (const code of codes) {
    const cell = base + code;
    leaveRing(array, cell);
    array.cells[cell + BASE] = 0;
    array.cells[cell + CHECK] = node;
    array.cells[cell + FAIL] = 0;
  }
  return base;
}

/** The cells alone, with room behind the last node for a step by any code from anywhere. */
export function finishedCells(array: DoubleArray, lastCode: number): Int32Array {
  const end = array.end + lastCode + CELL;
  ensureCapacity(array, end);
  array.cells.fill(FREE, array.end, end);
  return array.cells.slice(0, end);
}

function findBase(array: DoubleArray, codes: readonly number[]): number {
  const { cells, end } = array;
  const first = codes[0] ?? 0;
  const start = array.hole;
  for (let cell = start, tries = 0; cell !== ROOT && tries < MAX_TRIES; tries++) {
    if (cell >= first && isRoom(array, cell - first, codes)) return cell - first;
    cell = cells[cell + NEXT] ?? ROOT;
    if (cell === start) break;
    // Holes that did not fit stay behind: they must not be the first that the next search tries.
    array.hole = cell;
  }
  return Math.max(0, end - first);
}

function isRoom({ cells, end }: DoubleArray, base: number, codes: readonly number[]): boolean {
  for (const code of codes) {
    const cell = base + code;
    if (cell < end && cells[cell + CHECK] !== FREE) return false;
  }
  return true;
}

/** Moves the end; what was passed over becomes holes. */
function reach(array: DoubleArray, end: number): void {
  ensureCapacity(array, end);
  for (; array.end < end; array.end += CELL) joinRing(array, array.end);
}

function ensureCapacity(array: DoubleArray, length: number): void {
  if (length <= array.cells.length) return;
  const cells = new Int32Array(Math.max(length, array.cells.length * 1.5));
  cells.set(array.cells);
  array.cells = cells;
}

function joinRing(array: DoubleArray, cell: number): void {
  const { cells, hole } = array;
  const next = hole === ROOT ? cell : hole;
  const previous = hole === ROOT ? cell : (cells[hole + PREVIOUS] as number);
  cells[cell + CHECK] = FREE;
  cells[cell + NEXT] = next;
  cells[cell + PREVIOUS] = previous;
  cells[previous + NEXT] = cell;
  cells[next + PREVIOUS] = cell;
  if (hole === ROOT) array.hole = cell;
}

function leaveRing(array: DoubleArray, cell: number): void {
  const { cells } = array;
  const next = cells[cell + NEXT] as number;
  const previous = cells[cell + PREVIOUS] as number;
  cells[previous + NEXT] = next;
  cells[next + PREVIOUS] = previous;
  if (array.hole === cell) array.hole = next === cell ? ROOT : next;
}
