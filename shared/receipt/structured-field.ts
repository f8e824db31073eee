/** One of the parts that semicolons separate in a structured field. */
interface FieldPart {
  /** What white space and comments separate, quoted strings with their quotes. */
  readonly words: readonly string[];
  /** Where the part begins in the field's value. */
  readonly start: number;
}

export interface StructuredField {
  readonly parts: readonly FieldPart[];
  /** False when the field ends inside a comment or a quoted string, or is too long: what follows there was not read. */
  readonly complete: boolean;
}

/** The attack: a field of megabytes whose every character is a part of its own. SES's own fields stay below 10 KB. */
export const MAX_FIELD_LENGTH = 32_768;

/**
 * Splits a structured header field (RFC 5322 section 3.2) into parts and words.
 *
 * Comments are dropped, nested ones too, and what is quoted stays one word. Senders choose host names and addresses
 * that SES writes into its own fields; a result inside a comment or a quoted string, as in `spf=fail (dkim=pass)`, is
 * theirs and must not be read as one. One pass over the value, whatever stands in it.
 */
export function splitStructuredField(value: string): StructuredField {
  if (value.length > MAX_FIELD_LENGTH) return { parts: [], complete: false };
  let words: string[] = [];
  const parts: FieldPart[] = [{ words, start: 0 }];
  let wordStart = -1;
  const endWord = (end: number): void => {
    if (wordStart >= 0) words.push(value.slice(wordStart, end));
    wordStart = -1;
  };

  for (let at = 0; at < value.length; ) {
    const char = value.charCodeAt(at);
    if (char > LAST_SIGN || !SIGNS.has(char)) {
      if (wordStart < 0) wordStart = at;
      at++;
      continue;
    }
    if (char === QUOTE) {
      if (wordStart < 0) wordStart = at;
    } else endWord(at);
    if (char === SEMICOLON) {
      words = [];
      parts.push({ words, start: at + 1 });
    }
    const next = char === OPEN ? afterComment(value, at) : char === QUOTE ? afterQuoted(value, at) : at + 1;
    if (next === undefined) return { parts, complete: false };
    at = next;
  }
  endWord(value.length);
  return { parts, complete: true };
}

const [OPEN, QUOTE, SEMICOLON] = [0x28, 0x22, 0x3b];
/** What does not belong to a word, and the quote, as character codes: all else is passed over. */
const SIGNS = new Set([OPEN, QUOTE, SEMICOLON, ...Array.from(" \t\r\n", (space) => space.charCodeAt(0))]);
const LAST_SIGN = SEMICOLON;

/** The place behind the comment that begins at `start`; `undefined` when it does not end. */
function afterComment(value: string, start: number): number | undefined {
  let depth = 0;
  for (let at = start; at < value.length; at++) {
    const char = value.charAt(at);
    if (char === "\\") at++;
    else if (char === "(") depth++;
    else if (char === ")" && --depth === 0) return at + 1;
  }
  return undefined;
}

/** The place behind the quoted string that begins at `start`; `undefined` when it does not end. */
function afterQuoted(value: string, start: number): number | undefined {
  for (let at = start + 1; at < value.length; at++) {
    const char = value.charAt(at);
    if (char === "\\") at++;
    else if (char === '"') return at + 1;
  }
  return undefined;
}

/**
 * The address in the words of a path (RFC 5321 section 4.1.2): `<ana@client.example>`, or the bare address that SES
 * writes behind `for`. Empty for the null path `<>`, `undefined` when there is none.
 */
export function addressIn(words: readonly string[]): string | undefined {
  const word =
    words.find((each) => each.startsWith("<") && each.endsWith(">")) ?? words.find((each) => each.includes("@"));
  if (word === undefined || word.length > MAX_ADDRESS_LENGTH) return undefined;
  return word.replace(/^</, "").replace(/>$/, "");
}

/** RFC 5321 allows 256 for a path; a longer one is kept as far as a line of a mail goes. */
const MAX_ADDRESS_LENGTH = 998;
