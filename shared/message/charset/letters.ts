import type { Alphabet } from "./alphabets.ts";
import { leniently } from "./decoders.ts";

// What a byte is to a word. Numbers, because the weights lie in arrays by them.
const [OTHER, DIGIT, MARK, OPENER, SYMBOL, LOWER, UPPER, LETTER, CAPITAL] = [0, 1, 2, 3, 4, 5, 6, 7, 8];
const KINDS = 9;

/** What a word of one letter, however often, says against it: most are signs that stand alone, as no-break spaces do. */
const ALONE = 1.5;

/** What text has besides letters in any language. */
const MARKS = "\u00a0«»“”„‘’‚–—…€°§№®©™·•";
/** Marks that follow no letter: £97, 49¢, ¡Hola! In other encodings, frequent letters have their bytes. */
const OPENERS = "£¢¥¡¿";

/**
 * Makes what weighs bytes as text of an alphabet in a one-byte encoding: frequent letters speak for it, letters that the
 * language does not have and what stands in no word speak against it.
 */
export function createLetterScale(alphabet: Alphabet, encoding: string): (bytes: Uint8Array) => number {
  const kinds = new Uint8Array(256);
  const weights = new Float32Array(256);
  for (let byte = 0; byte < 256; byte++) {
    const [kind, weight] = byte < 0x80 ? [asciiKind(byte), 0] : weightOf(byte, alphabet, encoding);
    kinds[byte] = kind;
    weights[byte] = weight;
  }
  const steps = alphabet.script ? SCRIPT_STEPS : LATIN_STEPS;
  return (bytes) => {
    let evidence = 0;
    let before = OTHER;
    // The byte that a word has had alone until now.
    let only = 0;
    for (let at = 0; at < bytes.length; at++) {
      const byte = bytes[at] ?? 0;
      const kind = kinds[byte] ?? OTHER;
      const weight = weights[byte] ?? 0;
      // A letter twice says no more than once: a line of no-break spaces is a line of а in another encoding.
      evidence += (byte === bytes[at - 1] ? Math.min(weight, 0) : weight) + (steps[before * KINDS + kind] ?? 0);
      if (before < LOWER) only = byte;
      else if (kind < LOWER && before >= LETTER && only > 0) evidence -= ALONE;
      else if (byte !== only) only = 0;
      before = kind;
    }
    return before >= LETTER && only > 0 ? evidence - ALONE : evidence;
  };
}

function asciiKind(byte: number): number {
  const character = String.fromCharCode(byte);
  if (/[a-z]/.test(character)) return LOWER;
  if (/[A-Z]/.test(character)) return UPPER;
  return /\d/.test(character) ? DIGIT : OTHER;
}

type Weighed = readonly [kind: number, weight: number];

function weightOf(byte: number, { letters, script }: Alphabet, encoding: string): Weighed {
  const text = leniently(Uint8Array.of(byte), encoding);
  const lower = text.toLowerCase();
  const kind = lower === text ? LETTER : CAPITAL;
  const place = Math.max(letters.indexOf(lower), letters.indexOf(text)) / letters.length;
  // A script's letters are all told, from 1.4 for the most frequent down to -1.2; of others, the most frequent are a to z.
  if (place >= 0) return [kind, script ? 1.4 - 2.6 * place : 1.1 - 1.4 * place ** 2];
  if (MARKS.includes(text)) return [MARK, script ? 0 : 0.3];
  if (OPENERS.includes(text)) return [OPENER, script ? 0 : 0.3];
  if (/[\p{L}\p{M}]/u.test(text)) return [kind, -1.5];
  return [SYMBOL, /[\ufffd\p{Cc}\p{Co}]/u.test(text) ? -5 : -1];
}

type Step = readonly [before: number, kind: number, weight: number];

/** What one kind of byte after another says against a word. */
const LATIN_STEPS = stepTable([
  [LOWER, CAPITAL, -2],
  [LETTER, CAPITAL, -2],
  [LETTER, UPPER, -1],
  [LETTER, LETTER, -0.3],
  [LOWER, SYMBOL, -1],
  [LETTER, SYMBOL, -1],
  [SYMBOL, LOWER, -1.5],
  [LOWER, OPENER, -1.5],
  [LETTER, OPENER, -1.5],
  ...besideDigits(LETTER),
  ...besideDigits(CAPITAL),
]);
const SCRIPT_STEPS = stepTable([
  [LETTER, CAPITAL, -2],
  [CAPITAL, CAPITAL, -0.35],
  ...mixed(LETTER),
  ...mixed(CAPITAL),
  [LETTER, SYMBOL, -1],
  [SYMBOL, LETTER, -1],
  ...besideDigits(LETTER),
  ...besideDigits(CAPITAL),
]);

/** A sign of money or measure is read as a letter: £97, 49¢. */
function besideDigits(letter: number): Step[] {
  return [
    [DIGIT, letter, -1],
    [letter, DIGIT, -1],
  ];
}

/** A letter of the script beside one of ASCII. */
function mixed(own: number): Step[] {
  return [LOWER, UPPER].flatMap((ascii): Step[] => [
    [own, ascii, -1.5],
    [ascii, own, -1.5],
  ]);
}

function stepTable(steps: readonly Step[]): Float32Array {
  const table = new Float32Array(KINDS * KINDS);
  for (const [before, kind, weight] of steps) table[before * KINDS + kind] = weight;
  return table;
}
