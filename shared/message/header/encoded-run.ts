import { type DecodedText, decodeText } from "../charset/decode-text.ts";
import { decodeQuotedPrintable } from "../parts/quoted-printable.ts";

/** One encoded word (RFC 2047): what it says it is, and its text as it stands. */
export interface EncodedWord {
  readonly charset: string;
  readonly encoding: "b" | "q";
  readonly payload: string;
}

/**
 * The text of neighbouring encoded words of one charset. Each should be whole (RFC 2047 section 5), and senders cut them
 * inside a character, or inside a group of base64. So they are read as one first, then word by word, and what gives
 * text without a fault counts.
 *
 * @param likely what the mail says elsewhere of its text: see `decodeText`
 */
export function decodeRun(words: readonly EncodedWord[], likely: readonly string[]): string {
  const charset = words[0]?.charset;
  const whole = decodeText(Buffer.concat(joinedBase64(words).map(bytesOf)), charset, likely);
  if (whole.problem === undefined || words.length < 2) return whole.text;
  const separate = words.map(bytesOf);
  const joined = decodeText(Buffer.concat(separate), charset, likely);
  if (joined.problem === undefined) return joined.text;
  const each = separate.map((bytes) => decodeText(bytes, charset, likely));
  return isSound(each) ? each.map(({ text }) => text).join("") : whole.text;
}

/** Whether words make text each for itself: none is broken, and some that are more than ASCII are what they say. */
function isSound(each: readonly DecodedText[]): boolean {
  const isPlain = ({ text, problem }: DecodedText) => problem === undefined && /[^\0-\x7f]/.test(text);
  return each.every(({ problem }) => problem !== "undecodableText") && each.some(isPlain);
}

function bytesOf({ encoding, payload }: EncodedWord): Buffer {
  // RFC 2047 section 4.2: Q is quoted-printable in which an underscore is a space.
  return encoding === "b"
    ? Buffer.from(payload, "base64")
    : decodeQuotedPrintable(Buffer.from(payload.replaceAll("_", " "), "latin1"));
}

/** The words, with those of base64 put together that are whole only with what follows: until four characters make three bytes. */
function joinedBase64(words: readonly EncodedWord[]): EncodedWord[] {
  const joined: EncodedWord[] = [];
  let open: EncodedWord[] = [];
  let length = 0;
  for (const word of words) {
    if (word.encoding === "q") {
      joined.push(...open, word);
      open = [];
      length = 0;
      continue;
    }
    open.push(word);
    length += word.payload.replace(/\s+/g, "").length;
    if (length % 4 !== 0) continue;
    joined.push({ ...word, payload: open.map(({ payload }) => payload).join("") });
    open = [];
    length = 0;
  }
  return [...joined, ...open];
}
