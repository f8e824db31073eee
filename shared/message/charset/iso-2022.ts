import { characterSet, type SetName, textOfUnits, unitAt } from "./sets.ts";

const [LF, CR, SO, SI, ESC, NOTHING] = [0x0a, 0x0d, 0x0e, 0x0f, 0x1b, 0xfffd];

/** A set of one byte a character, or one of two. */
type OneByte = "ascii" | "roman" | "kana" | "latin1" | "greek";
type Designated = OneByte | SetName | "unread";
type Slot = "g0" | "g1" | "g2";

/**
 * What the bytes after an escape byte designate: ISO-2022-JP (RFC 1468) with its kana, ISO-2022-JP-1 and -2 (RFC 2237, 1554),
 * ISO-2022-JP-3 as far as it is JIS X 0208, ISO-2022-KR (RFC 1557) and ISO-2022-CN (RFC 1922) as far as it is GB2312.
 */
const ESCAPES: Readonly<Record<string, readonly [slot: Slot, set: Designated]>> = {
  "(B": ["g0", "ascii"],
  "(J": ["g0", "roman"],
  "(H": ["g0", "roman"],
  "(I": ["g0", "kana"],
  "$@": ["g0", "jisX0208"],
  $B: ["g0", "jisX0208"],
  "$(@": ["g0", "jisX0208"],
  "$(B": ["g0", "jisX0208"],
  "$(O": ["g0", "jisX0208"],
  "$(Q": ["g0", "jisX0208"],
  "$(D": ["g0", "jisX0212"],
  $A: ["g0", "gb2312"],
  "$(A": ["g0", "gb2312"],
  "$(C": ["g0", "ksX1001"],
  ")I": ["g1", "kana"],
  "$)B": ["g1", "jisX0208"],
  "$)C": ["g1", "ksX1001"],
  "$)A": ["g1", "gb2312"],
  "$)E": ["g1", "gb2312"],
  "$)G": ["g1", "unread"],
  "$*H": ["g2", "unread"],
  ".A": ["g2", "latin1"],
  ".F": ["g2", "greek"],
};

/** What SO shifts to, and what bytes with the eighth bit are, until the text designates something else. */
const FIRST_G1 = { kana: "kana", korean: "ksX1001", chinese: "gb2312" } as const;

interface State {
  g0: Designated;
  g1: Designated;
  g2: Designated;
  shifted: boolean;
}

/**
 * Reads seven-bit text that switches between character sets by escape sequences, SO and SI: the encodings ISO-2022-JP, -KR and
 * -CN, and what mail makes of them (kana by SO and SI or with the eighth bit, sequences in a row where encoded words were
 * joined, lines that do not return to ASCII). U+FFFD stands for what is nothing; an escape byte that begins no known sequence
 * stays.
 */
export function decodeIso2022(bytes: Uint8Array, language: keyof typeof FIRST_G1): string {
  const state: State = { g0: "ascii", g1: FIRST_G1[language], g2: "ascii", shifted: false };
  // No byte gives more than one unit.
  const units = new Uint16Array(bytes.length);
  let length = 0;
  for (let at = 0; at < bytes.length; ) {
    const step = shift(bytes, at, state);
    if (step > 0) {
      at += step;
      continue;
    }
    const byte = bytes[at] ?? 0;
    const [unit, size] = characterAt(bytes, at, state);
    units[length++] = unit;
    at += size;
    if (byte === LF || byte === CR) beginLine(bytes, at, state);
  }
  return textOfUnits(units.subarray(0, length));
}

/** Obeys what switches sets at this place; gives its length, 0 for none. */
function shift(bytes: Uint8Array, at: number, state: State): number {
  const byte = bytes[at];
  if (byte === SO || byte === SI) {
    state.shifted = byte === SO;
    return 1;
  }
  if (byte !== ESC) return 0;
  // RFC 1468's successors announce a revision of JIS X 0208 before they designate it.
  if (bytes[at + 1] === 0x26 && bytes[at + 2] === 0x40) return 3;
  for (const size of [3, 2]) {
    const designated = ESCAPES[String.fromCharCode(...bytes.subarray(at + 1, at + 1 + size))];
    if (designated === undefined) continue;
    state[designated[0]] = designated[1];
    if (designated[0] === "g0") state.shifted = false;
    return size + 1;
  }
  return 0;
}

/**
 * RFC 1468: a line ends in ASCII. Mail that cuts lines forgets it, and means the set to go on; but a line that cannot be
 * pairs of bytes has returned to ASCII unsaid, and must not be taken for characters that nobody sees.
 */
function beginLine(bytes: Uint8Array, at: number, state: State): void {
  if (!isTwoByte(state.shifted ? state.g1 : state.g0)) return;
  let end = at;
  let hasSpace = false;
  for (; end < bytes.length; end++) {
    const byte = bytes[end] ?? 0;
    if (byte === LF || byte === CR || byte === ESC || byte === SO || byte === SI) break;
    hasSpace ||= byte === 0x20;
  }
  if (!hasSpace && (end - at) % 2 === 0) return;
  state.g0 = "ascii";
  state.shifted = false;
}

/** The character that begins at this place, and how many bytes it has. */
function characterAt(bytes: Uint8Array, at: number, state: State): readonly [unit: number, size: number] {
  const byte = bytes[at] ?? 0;
  const next = bytes[at + 1] ?? 0;
  if (byte === ESC && next === 0x4e && state.g2 !== "ascii") return [oneByte(state.g2, (bytes[at + 2] ?? 0) & 0x7f), 3];
  if (byte >= 0x80) {
    if (!isTwoByte(state.g1)) return [oneByte(state.g1, byte & 0x7f), 1];
    return next >= 0xa1 ? [twoBytes(state.g1, byte & 0x7f, next & 0x7f), 2] : [NOTHING, 1];
  }
  const set = state.shifted ? state.g1 : state.g0;
  if (byte <= 0x20 || byte === 0x7f) return [byte, 1];
  if (!isTwoByte(set)) return [oneByte(set, byte), 1];
  return next > 0x20 && next < 0x7f ? [twoBytes(set, byte, next), 2] : [NOTHING, 1];
}

function isTwoByte(set: Designated): set is SetName | "unread" {
  return !(set in ONE_BYTE);
}

function twoBytes(set: SetName | "unread", first: number, second: number): number {
  return set === "unread" ? NOTHING : unitAt(characterSet(set), first, second);
}

/** The sets of one byte a character: what a seven-bit code is in them. */
const ONE_BYTE: Readonly<Record<OneByte, (code: number) => number>> = {
  ascii: (code) => code,
  roman: (code) => (code === 0x5c ? 0xa5 : code === 0x7e ? 0x203e : code),
  kana: (code) => (code >= 0x21 && code <= 0x5f ? code - 0x21 + 0xff61 : NOTHING),
  latin1: (code) => code + 0x80,
  greek: (code) => new TextDecoder("iso-8859-7").decode(Uint8Array.of(code + 0x80)).charCodeAt(0),
};

function oneByte(set: Designated, code: number): number {
  return isTwoByte(set) ? NOTHING : ONE_BYTE[set as OneByte](code);
}
