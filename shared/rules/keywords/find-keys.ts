import { OUTPUT, ROOT } from "./double-array.ts";
import { BEGINS, type KeywordAutomaton, step } from "./keyword-automaton.ts";

/** In `Scan.passes`: the key was found, and all its suffixes too. */
const PASSED = 1;

/** A key and the unit of the form with which its first occurrence ends. */
export interface Find {
  readonly key: number;
  readonly last: number;
}

/** How far the scan of one text came. */
export interface Scan {
  node: number;
  /** By number of a key: 0 while it was not found, else 1 + the number of the suffix to look at in its place. */
  passes: Int32Array;
  readonly finds: Find[];
}

/** Of most texts nothing is found, and they are short: the passes of 50,000 keys are made when there is a find. */
export function startScan(): Scan {
  return { node: ROOT, passes: new Int32Array(0), finds: [] };
}

/** Goes on through units of a form, whose first unit is the one of number `offset`. Of each key, the first occurrence is kept. */
export function findKeys(
  automaton: KeywordAutomaton,
  scan: Scan,
  { units, length }: { readonly units: Uint16Array; readonly length: number },
  offset: number,
  from = 0,
): void {
  for (let at = from; at < length; at++) {
    scan.node = stepBy(automaton, scan.node, units[at] as number);
    const output = automaton.cells[scan.node + OUTPUT] as number;
    if (output !== 0) keepOutputs(automaton, scan, output, offset + at);
  }
}

/** The node that a unit leads to. */
export function stepBy({ codes, cells }: KeywordAutomaton, node: number, unit: number): number {
  const code = (codes[unit] as number) & ~BEGINS;
  return code === 0 ? ROOT : step(cells, node, code);
}

/**
 * Keeps the keys that end here and were not found before: the longest, then its suffixes.
 *
 * Found keys are passed over by a path that shortens itself (union-find). Otherwise a text of a million a would walk
 * the whole chain of the keywords a, aa, aaa, … at each of its characters.
 */
export function keepOutputs({ suffixes }: KeywordAutomaton, scan: Scan, longest: number, last: number): void {
  if (scan.passes.length === 0) scan.passes = new Int32Array(suffixes.length);
  const { passes } = scan;
  if (passes[longest] === PASSED) return;
  let key = notFound(passes, longest);
  while (key !== 0) {
    scan.finds.push({ key: key - 1, last });
    passes[key] = 1 + (suffixes[key] as number);
    key = notFound(passes, key);
  }
}

/** The first key on the path that was not found yet, 0 when all were. */
function notFound(passes: Int32Array, key: number): number {
  let goal = key;
  while (passes[goal] !== 0) goal = (passes[goal] as number) - 1;
  for (let at = key; at !== goal; ) {
    const next = (passes[at] as number) - 1;
    passes[at] = 1 + goal;
    at = next;
  }
  return goal;
}
