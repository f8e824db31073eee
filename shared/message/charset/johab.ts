import { characterSet, textOfUnits, unitAt } from "./sets.ts";

const NOTHING = 0xfffd;

/** Johab's numbers of the letters of a syllable, in Unicode's order (KS X 1001 annex 3); the first of the finals is none. */
const INITIALS = [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20];
const VOWELS = [3, 4, 5, 6, 7, 10, 11, 12, 13, 14, 15, 18, 19, 20, 21, 22, 23, 26, 27, 28, 29];
const FINALS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29];

/** The letters by themselves, where a syllable has one of them alone. */
const INITIAL_LETTERS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ";
const FINAL_LETTERS = "\0ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ";
const [NO_INITIAL, NO_VOWEL, NO_FINAL] = [1, 2, 1];

/** Johab (KS X 1001 annex 3): a Korean syllable is a bit and five bits for each of its letters; the rest is KS X 1001, moved. */
export function decodeJohab(bytes: Uint8Array): string {
  const units = new Uint16Array(bytes.length);
  let length = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte < 0x80) {
      units[length++] = byte;
      continue;
    }
    const second = bytes[at + 1] ?? 0;
    const unit = byte < 0xd4 ? syllable((byte << 8) | second) : symbol(byte, second);
    units[length++] = unit;
    // A byte of ASCII after one that begins nothing is itself.
    if (unit !== NOTHING || second >= 0x80) at++;
  }
  return textOfUnits(units.subarray(0, length));
}

function syllable(bits: number): number {
  const [first, middle, last] = [(bits >> 10) & 31, (bits >> 5) & 31, bits & 31];
  const [initial, vowel, final] = [INITIALS.indexOf(first), VOWELS.indexOf(middle), FINALS.indexOf(last)];
  if (initial >= 0 && vowel >= 0 && final >= 0) return 0xac00 + (initial * 21 + vowel) * 28 + final;
  if (middle === NO_VOWEL && last === NO_FINAL && initial >= 0) return INITIAL_LETTERS.charCodeAt(initial);
  if (first === NO_INITIAL && last === NO_FINAL && vowel >= 0) return 0x314f + vowel;
  return first === NO_INITIAL && middle === NO_VOWEL && final > 0 ? FINAL_LETTERS.charCodeAt(final) : NOTHING;
}

/** Two rows of KS X 1001 lie in each first byte: symbols from 0xD9, hanja from 0xE0. */
function symbol(first: number, second: number): number {
  const column = second >= 0x91 ? second - 0x91 + 78 : second - 0x31;
  const isColumn = (second >= 0x31 && second <= 0x7e) || (second >= 0x91 && second <= 0xfe);
  if (!isColumn || first < 0xd9 || first > 0xf9 || first === 0xdf) return NOTHING;
  const row = (first < 0xe0 ? (first - 0xd9) * 2 : (first - 0xe0) * 2 + 41) + (column >= 94 ? 1 : 0);
  return unitAt(characterSet("ksX1001"), row + 0x21, (column % 94) + 0x21);
}
