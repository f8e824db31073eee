import { JAPANESE, KOREAN, SIMPLIFIED, TRADITIONAL } from "./frequent.ts";

/** Where two bytes lie in an encoding of East Asia: level 1 are characters of every day. */
type Row = "level1" | "level2" | "kana" | "symbol" | "rare" | "none";

/** A two-byte encoding of East Asia. */
export interface EastAsian {
  readonly languages: string;
  readonly encoding: string;
  /** The weight of a character of level 1 that is not among the frequent: half of Korean's syllables are not. */
  readonly level1: number;
  row(first: number, second: number): Row;
  /** Bytes that are a character by themselves: half-width kana in Shift_JIS. */
  isSingle(byte: number): boolean;
  /** The frequent characters. */
  readonly frequent: string;
}

/** Weights of a character, for each of its two bytes. */
const WEIGHTS = { frequent: 1, level2: -0.6, kana: 1, symbol: 0.5, rare: -1 } as const;
/** For a byte that begins no character; for one between ASCII letters whose second byte is one of them: `\xe9t` in été. */
const [NO_CHARACTER, INSIDE_WORD, SINGLE] = [-4, -1.5, -0.1];

/**
 * Makes what weighs bytes as text in a two-byte encoding: frequent characters speak for it, rare ones and broken ones against it.
 */
export function createIdeographScale(set: EastAsian): (bytes: Uint8Array) => number {
  const frequent = codesOf(set.frequent, set.encoding);
  return (bytes) => {
    let evidence = 0;
    // The last byte may be half of what was cut.
    for (let at = 0; at + 1 < bytes.length; at++) {
      const [first = 0, second = 0] = [bytes[at], bytes[at + 1]];
      if (first < 0x80) continue;
      if (set.isSingle(first)) {
        evidence += SINGLE;
        continue;
      }
      const row = set.row(first, second);
      if (row === "none") {
        evidence += NO_CHARACTER;
        continue;
      }
      const place = frequent.has((first << 8) | second) ? "frequent" : row;
      evidence += 2 * (place === "level1" ? set.level1 : WEIGHTS[place]);
      if (isAsciiLetter(second) && isAsciiLetter(bytes[at - 1] ?? 0)) evidence += INSIDE_WORD;
      at++;
    }
    return evidence;
  };
}

function isAsciiLetter(byte: number): boolean {
  return (byte >= 0x61 && byte <= 0x7a) || (byte >= 0x41 && byte <= 0x5a);
}

const between = (value: number, low: number, high: number): boolean => value >= low && value <= high;

export const EAST_ASIAN: readonly EastAsian[] = [
  {
    languages: "ja",
    encoding: "shift_jis",
    level1: 0.25,
    isSingle: (byte) => between(byte, 0xa1, 0xdf),
    frequent: JAPANESE,
    row(first, second) {
      if (second < 0x40 || second === 0x7f || second > 0xfc) return "none";
      if (first === 0x81) return "symbol";
      if (first === 0x82) return second >= 0x9f ? "kana" : "symbol";
      if (first === 0x83) return second <= 0x96 ? "kana" : "rare";
      if (between(first, 0x88, 0x97)) return "level1";
      return between(first, 0x98, 0x9f) || between(first, 0xe0, 0xea) ? "level2" : byteRow(first, 0x81, 0xfc);
    },
  },
  {
    languages: "ja",
    encoding: "euc-jp",
    level1: 0.25,
    isSingle: () => false,
    frequent: JAPANESE,
    row(first, second) {
      if (first === 0x8e) return between(second, 0xa1, 0xdf) ? "rare" : "none";
      if (second < 0xa1 || first < 0xa1) return "none";
      if (first === 0xa4 || first === 0xa5) return second <= 0xf6 ? "kana" : "rare";
      if (first === 0xa1 || first === 0xa3) return "symbol";
      if (between(first, 0xb0, 0xcf)) return "level1";
      return between(first, 0xd0, 0xf4) ? "level2" : byteRow(first, 0xa1, 0xfe);
    },
  },
  {
    languages: "zh zh-cn zh-sg zh-hans",
    encoding: "gb18030",
    level1: 0.25,
    isSingle: () => false,
    frequent: SIMPLIFIED,
    row(first, second) {
      if (second < 0x40 || second === 0x7f || second === 0xff) return "none";
      if (second < 0xa1) return byteRow(first, 0x81, 0xfe);
      if (first === 0xa1 || first === 0xa3) return "symbol";
      if (between(first, 0xb0, 0xd7)) return "level1";
      return between(first, 0xd8, 0xf7) ? "level2" : byteRow(first, 0x81, 0xfe);
    },
  },
  {
    languages: "zh zh-tw zh-hk zh-hant",
    encoding: "big5",
    level1: 0.25,
    isSingle: () => false,
    frequent: TRADITIONAL,
    row(first, second) {
      if (second < 0x40 || between(second, 0x7f, 0xa0) || second === 0xff) return "none";
      if (first === 0xa1) return "symbol";
      if (between(first, 0xa4, 0xc6)) return "level1";
      return between(first, 0xc9, 0xf9) ? "level2" : byteRow(first, 0x87, 0xfe);
    },
  },
  {
    languages: "ko",
    encoding: "euc-kr",
    level1: 0.45,
    isSingle: () => false,
    frequent: KOREAN,
    row(first, second) {
      if (second < 0x41 || between(second, 0x5b, 0x60) || between(second, 0x7b, 0x80) || second === 0xff) return "none";
      if (second < 0xa1 || first < 0xa1) return byteRow(first, 0x81, 0xc6);
      if (first === 0xa1 || first === 0xa3) return "symbol";
      if (between(first, 0xb0, 0xc8)) return "level1";
      return between(first, 0xca, 0xfd) ? "level2" : byteRow(first, 0xa1, 0xfe);
    },
  },
];

function byteRow(first: number, low: number, high: number): Row {
  return between(first, low, high) ? "rare" : "none";
}

/** The two bytes of each character. The engine holds the tables already: they are read out of it. */
function codesOf(characters: string, encoding: string): ReadonlySet<number> {
  const wanted = new Set(characters);
  const decoder = new TextDecoder(encoding);
  const codes = new Set<number>();
  const pair = new Uint8Array(2);
  for (let first = 0x81; first <= 0xfe; first++) {
    for (let second = 0x40; second <= 0xfe; second++) {
      pair.set([first, second]);
      if (wanted.has(decoder.decode(pair))) codes.add((first << 8) | second);
    }
  }
  return codes;
}
