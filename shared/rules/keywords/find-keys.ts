import { OUTPUT, ROOT } from "./double-array.ts";
import { type KeywordAutomaton, step } from "./keyword-automaton.ts";

/** In `Scan.passes`: the key was found, and all its suffixes too. */
const PASSED = 1;

/** A key and the unit of the form with which its first occurrence ends. */
interface Find {
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

/** Goes on through the next units of a form, which begin at `offset`. Of each key, the first occurrence is kept. */
export function findKeys(
  automaton: KeywordAutomaton,
  scan: Scan,
  { units, length }: { units: Uint16Array; length: number },
  offset: number,
): void {
  for (let at = nextOutput(automaton, scan, units, 0, length); at < length; ) {
    keepOutputs(automaton, scan, offset + at);
    at = nextOutput(automaton, scan, units, at + 1, length);
  }
}

/** The inner loop. It stops behind a unit at which there may be a key that was not found yet, and returns where. */
function nextOutput(
  { codes, cells }: KeywordAutomaton,
  scan: Scan,
  units: Uint16Array,
  from: number,
  to: number,
): number {
  const { passes } = scan;
  let { node } = scan;
  for (let at = from; at < to; at++) {
    const code = codes[units[at] as number] as number;
    node = code === 0 ? ROOT : step(cells, node, code);
    const output = cells[node + OUTPUT] as number;
    if (output !== 0 && (passes.length === 0 || passes[output] !== PASSED)) {
      scan.node = node;
      return at;
    }
  }
  scan.node = node;
  return to;
}

/**
 * Keeps the keys that end here and were not found before: the longest, then its suffixes.
 *
 * Found keys are passed over by a path that shortens itself (union-find). Otherwise a text of a million a would walk
 * the whole chain of the keywords a, aa, aaa, … at each of its characters.
 */
function keepOutputs({ cells, suffixes }: KeywordAutomaton, scan: Scan, last: number): void {
  if (scan.passes.length === 0) scan.passes = new Int32Array(suffixes.length);
  const { passes } = scan;
  let key = notFound(passes, cells[scan.node + OUTPUT] as number);
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
