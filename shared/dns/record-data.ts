import { absoluteName } from "./domain-name.ts";
import { plainWord, type ZoneWord } from "./zone-words.ts";

/** What a record should have said, and the word in whose place. */
export interface WrongData {
  readonly expected: string;
  readonly got: ZoneWord | undefined;
}

/** RFC 1035, section 3.3.14. */
const MAX_STRING_OCTETS = 255;

/** What a record of a type says. Types that nobody here asks for are taken as they are written. */
export function recordData(
  type: string,
  words: readonly ZoneWord[],
  origin: string | undefined,
): readonly string[] | WrongData {
  switch (type) {
    case "MX":
      return mailExchange(words, origin);
    case "CNAME":
    case "NS":
    case "PTR":
      return oneName(words, origin);
    case "TXT":
    case "SPF":
      return strings(words);
    default:
      return words.length > 0 ? words.map(plainWord) : { expected: `what the ${type} record says`, got: undefined };
  }
}

function mailExchange(words: readonly ZoneWord[], origin: string | undefined): readonly string[] | WrongData {
  const [preference, exchange, more] = words;
  const isNumber = preference !== undefined && /^\d{1,5}$/.test(preference.text) && Number(preference.text) <= 0xffff;
  if (!isNumber) return { expected: "the preference of a mail server, a number up to 65535", got: preference };
  const name = exchange && absoluteName(exchange.text, origin);
  if (name === undefined) return { expected: NAME, got: exchange };
  return more === undefined ? [String(Number(preference.text)), name] : { expected: END, got: more };
}

function oneName([target, more]: readonly ZoneWord[], origin: string | undefined): readonly string[] | WrongData {
  const name = target && absoluteName(target.text, origin);
  if (name === undefined) return { expected: NAME, got: target };
  return more === undefined ? [name] : { expected: END, got: more };
}

const NAME = "a domain name, which ends with a dot or belongs below $ORIGIN";
const END = "the end of the record";

function strings(words: readonly ZoneWord[]): readonly string[] | WrongData {
  if (words.length === 0) return { expected: "a text in quotes", got: undefined };
  const long = words.find((word) => Buffer.byteLength(plainWord(word)) > MAX_STRING_OCTETS);
  if (long !== undefined) return { expected: `texts of at most ${MAX_STRING_OCTETS} octets each`, got: long };
  return words.map(plainWord);
}
