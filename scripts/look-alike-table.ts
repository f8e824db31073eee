import { foldCase } from "../shared/rules/normal-form/case-folding.ts";

/** By character: its prototype in Unicode's confusables.txt (UTS #39, section 4), one of those that it can be taken for. */
export type Confusables = Readonly<Record<string, string>>;

const SOURCE = "Unicode 13.0.0 security/confusables.txt (by way of unhomoglyph 1.0.6)";

const LETTERS = /^[\p{L}\p{N}]+$/u;
const ASCII_LETTERS = /^[A-Za-z0-9]+$/;
const LETTER = /^[\p{L}\p{N}]$/u;
/** Such as ∪ for U. A symbol of ASCII is what it is: `|` parts the cells of a table. */
const SYMBOL = /^(?!\p{ASCII})\p{S}$/u;

/**
 * What characters that stand for letters and digits are folded to, where case folding would do something else.
 *
 * Unicode's file tells cases apart, and a search does not. So an I, which looks like l, takes the i with it. And a small
 * letter goes where its capital leads if that is a letter of ASCII and its own prototype is not: т becomes t, although the
 * file says that it looks like a small capital T.
 */
export function lookAlikes(confusables: Confusables): ReadonlyMap<string, string> {
  const prototypes = new Map(
    Object.entries(confusables).filter(
      ([from, to]) => (LETTER.test(from) && LETTERS.test(to)) || (SYMBOL.test(from) && ASCII_LETTERS.test(to)),
    ),
  );
  const members = Map.groupBy(prototypes.keys(), (character) => prototypes.get(character) ?? "");
  const folded = new Map<string, string>();
  for (const letter of "abcdefghijklmnopqrstuvwxyz0123456789") folded.set(letter, foldAscii(letter));
  for (const [prototype, alike] of members) {
    for (const character of [prototype, ...alike]) {
      // ß is brought to ss before it could look like anything; what is no single character is never looked up.
      if (isSingle(character) && isSingle(foldCase(character))) folded.set(character, foldPrototype(prototype));
    }
  }
  return new Map([...folded].filter(([from, to]) => isNeeded(from, to) && isStable(to)));

  /** Not where taking letters and marks apart, which comes first, or case folding leads there too. */
  function isNeeded(from: string, to: string): boolean {
    const lower = foldCase(from);
    return from.normalize("NFKD") === from && to !== ((lower === from ? undefined : folded.get(lower)) ?? lower);
  }

  function isStable(to: string): boolean {
    const again = Array.from(to, (character) => folded.get(character) ?? folded.get(foldCase(character)) ?? character);
    return again.join("") === to && to.normalize("NFKD") === to;
  }

  function foldAscii(letter: string): string {
    return (prototypes.get(letter) ?? prototypes.get(letter.toUpperCase()) ?? letter).toLowerCase();
  }

  function foldPrototype(prototype: string): string {
    const ascii = ASCII_LETTERS.test(prototype) ? prototype : asciiCapital(prototype);
    if (ascii !== undefined) return Array.from(ascii.toLowerCase(), foldAscii).join("");
    return isSingle(prototype) ? foldAlone(prototype) : Array.from(prototype, foldPart).join("");
  }

  function foldPart(character: string): string {
    return ASCII_LETTERS.test(character) ? foldAscii(character.toLowerCase()) : foldPrototype(character);
  }

  /** The letter of ASCII that the capital of a character with this prototype looks like. */
  function asciiCapital(prototype: string): string | undefined {
    return [prototype, ...(members.get(prototype) ?? [])]
      .map((character) => prototypes.get(character.toUpperCase()) ?? "")
      .find((capital) => ASCII_LETTERS.test(capital));
  }

  /** In lower case, unless that looks like something else: Γ is no y, although γ is. */
  function foldAlone(character: string): string {
    const lower = foldCase(character);
    return isSingle(lower) && !prototypes.has(lower) && !members.has(lower) ? lower : character;
  }
}

function isSingle(text: string): boolean {
  return Array.from(text).length === 1;
}

/** The table as a module: for each result, its code point or points and those of the characters that become it, in hex. */
export function lookAlikeModule(confusables: Confusables): string {
  const byResult = Map.groupBy(lookAlikes(confusables), ([, to]) => to);
  const lines = Array.from(byResult, ([to, alike]) => [to, ...alike.map(([from]) => from).sort(byCodePoint)]).sort(
    ([a = ""], [b = ""]) => byCodePoint(a, b),
  );
  return [
    `// Written by scripts/write-look-alikes.ts from ${SOURCE}; do not edit.`,
    "// Each line: what characters become, then the characters, as code points in hex.",
    "export const LOOK_ALIKES: readonly string[] = [",
    ...lines.map(([to = "", ...from]) => `  "${hex(to).join("+")} ${from.flatMap(hex).join(" ")}",`),
    "];",
    "",
  ].join("\n");
}

function hex(text: string): string[] {
  return Array.from(text, (character) => (character.codePointAt(0) ?? 0).toString(16));
}

function byCodePoint(a: string, b: string): number {
  return (a.codePointAt(0) ?? 0) - (b.codePointAt(0) ?? 0) || a.length - b.length || (a < b ? -1 : 1);
}
