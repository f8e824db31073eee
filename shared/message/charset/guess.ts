import { ALPHABETS, RARE } from "./alphabets.ts";
import { createIdeographScale, EAST_ASIAN } from "./ideographs.ts";
import { encodingOf } from "./labels.ts";
import { createLetterScale } from "./letters.ts";

/** How much of a text is weighed: more tells no more. The attack: a thousand parts of 8-bit noise. */
const MAX_WEIGHED = 1024;

/** How much is weighed on either side of a byte with the eighth bit: the word that it stands in. */
const AROUND = 32;

/** Evidence that a hint is worth, in characters that are as they should be: it decides short text and no long one. */
const HINT = 3;
/** Evidence for Western text before a byte is read: most mail without a charset has an accent or a quote mark in ASCII. */
const WESTERN = 1;

/**
 * Guesses the encoding of 8-bit text that is not UTF-8, by how well its bytes would be letters, words and frequent characters
 * of each language. Linear, bounded, and the same every time.
 *
 * @param likely charsets and languages (RFC 5646) that the mail names elsewhere
 * @returns always one: `windows-1252` where nothing speaks for another
 */
export function guessEncoding(bytes: Uint8Array, likely: readonly string[] = []): string {
  const weighed = worthWeighing(bytes);
  const hints = new Set(likely.map(hintOf));
  let best = { encoding: "windows-1252", evidence: 0 };
  for (const candidate of candidates()) {
    const isLikely = hints.has(candidate.encoding) || candidate.languages.some((tag) => hints.has(tag));
    const evidence = candidate.weigh(weighed) + candidate.bias + (isLikely ? HINT : 0);
    if (evidence > best.evidence) best = { encoding: candidate.encoding, evidence };
  }
  return best.encoding;
}

/** Encodings that bytes with the eighth bit are not in, but whose language they are. */
const HINTS: Readonly<Record<string, string>> = {
  gbk: "gb18030",
  "hz-gb-2312": "gb18030",
  "iso-2022-cn": "gb18030",
  "iso-2022-jp": "ja",
  "iso-2022-kr": "ko",
  johab: "ko",
};

/** The encoding or the language that a charset label or a language tag (RFC 5646) speaks for. */
function hintOf(named: string): string {
  const encoding = encodingOf(named);
  if (encoding !== undefined) return HINTS[encoding] ?? encoding;
  const [language = "", region] = named.slice(0, 40).trim().toLowerCase().split(/[-_]/);
  // Chinese alone is written in two encodings, by region.
  return language === "zh" && region !== undefined ? `zh-${region}` : language;
}

/** What stands around bytes with the eighth bit, no more than is weighed. */
function worthWeighing(bytes: Uint8Array): Uint8Array {
  if (bytes.length <= MAX_WEIGHED) return bytes;
  const weighed = new Uint8Array(MAX_WEIGHED);
  let length = 0;
  let from = 0;
  for (let at = 0; at < bytes.length && length < MAX_WEIGHED; at++) {
    if ((bytes[at] ?? 0) < 0x80) continue;
    const piece = bytes.subarray(Math.max(from, at - AROUND), at + AROUND).subarray(0, MAX_WEIGHED - length);
    weighed.set(piece, length);
    length += piece.length;
    from = at + AROUND;
    at = from - 1;
  }
  return weighed.subarray(0, length);
}

interface Candidate {
  readonly encoding: string;
  readonly languages: readonly string[];
  readonly bias: number;
  /** The evidence for this encoding: about 1 for each byte of text that is written in it, below 0 for what is not. */
  weigh(bytes: Uint8Array): number;
}

let made: readonly Candidate[] | undefined;

/** Made once, when the first text has to be guessed: most mail has none. */
function candidates(): readonly Candidate[] {
  made ??= [
    ...ALPHABETS.flatMap((alphabet) =>
      alphabet.encodings.map((encoding) => ({
        encoding,
        languages: alphabet.languages.split(" "),
        bias: (encoding === "windows-1252" ? WESTERN : 0) - (RARE[encoding] ?? 0),
        weigh: createLetterScale(alphabet, encoding),
      })),
    ),
    ...EAST_ASIAN.map((set) => ({
      encoding: set.encoding,
      languages: set.languages.split(" "),
      bias: 0,
      weigh: createIdeographScale(set),
    })),
  ];
  return made;
}
