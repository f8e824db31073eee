import { lazy } from "../../lazy.ts";
import { foldCase } from "./case-folding.ts";
import { LOOK_ALIKES } from "./look-alike-table.ts";

/** By character: what it is taken for. Built when a rule first asks for it, so that it costs the others nothing. */
const table = lazy(() => new Map(LOOK_ALIKES.flatMap(readLine)));

/** Scripts whose letters are confused with each other: theirs are taken apart, so that a mark is the same on all of them. */
const MARKED = /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}]\p{M}/u;

/**
 * Folds a character to what it can be taken for (the skeleton of UTS #39, section 4), its case too: Cyrillic а becomes a,
 * I, l and 1 become l, m becomes rn. Marks stay: é is no e, whichever e it is.
 */
export function foldLookAlikes(character: string): string {
  const known = table().get(character);
  if (known !== undefined) return known;
  const apart = character.normalize("NFD");
  return MARKED.test(apart) ? Array.from(apart, foldOne).join("") : foldOne(character);
}

function foldOne(character: string): string {
  const lower = foldCase(character);
  return table().get(character) ?? table().get(lower) ?? lower;
}

function readLine(line: string): (readonly [from: string, to: string])[] {
  const [to = "", ...from] = line.split(" ");
  return from.map((codePoint) => [readCodePoints(codePoint), readCodePoints(to)]);
}

function readCodePoints(hex: string): string {
  return String.fromCodePoint(...hex.split("+").map((codePoint) => Number.parseInt(codePoint, 16)));
}
