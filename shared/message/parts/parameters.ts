/** One parameter of Content-Type or Content-Disposition, its bytes as latin1 characters. */
export interface Parameter {
  /** Lower case, RFC 2231's marks (`filename*0*`) included. */
  readonly name: string;
  /** As RFC 2045 section 5.1 and RFC 5322 have it: quotes and backslashes undone, comments left out. */
  readonly value: string;
  /**
   * As senders mean it who do not know these: backslashes stay (`"C:\temp\a.pdf"`), and so does what stands in parentheses
   * (`Invoice (1).pdf`).
   */
  readonly loose: string;
}

export interface ParameterizedValue {
  /** What stands before the first semicolon. */
  readonly value: string;
  /** In the order of the field, duplicates kept. */
  readonly parameters: readonly Parameter[];
}

/** How much of a field is read: no boundary and no name is so far behind. The attack: a megabyte of semicolons. */
const MAX_FIELD = 64 * 1024;

/** What is known to come no more, so that it is looked for once only. */
interface Ahead {
  quotes: boolean;
  comments: boolean;
}

/**
 * Takes a field value with parameters apart (RFC 2045 section 5.1). Never throws, and each character is looked at a bounded
 * number of times: a quote or parenthesis that nothing closes ends the search for others.
 *
 * Wider than the RFC, because senders are: values without quotes that hold spaces, quotes that are not closed, a parameter in
 * place of the value (`Content-Disposition: filename=a.pdf`) or behind it without a semicolon (`text/html charset=utf-8`).
 */
export function readParameters(latin1: string): ParameterizedValue {
  const text = latin1.slice(0, MAX_FIELD);
  const ahead = { quotes: true, comments: true };
  const first = readPiece(text, 0, ahead);
  const words = (first.name ?? "").trim().split(/\s+/);
  const parameters = first.name === undefined ? [] : [toParameter({ ...first, name: words.pop() })];
  for (let at = first.end + 1; at < text.length; ) {
    const piece = readPiece(text, at, ahead);
    parameters.push(toParameter(piece));
    at = piece.end + 1;
  }
  return {
    value: first.name === undefined ? first.value : words.join(" "),
    parameters: parameters.filter(({ name }) => name !== ""),
  };
}

interface Piece {
  readonly name: string | undefined;
  readonly value: string;
  readonly loose: string;
  /** Where its semicolon stands, or the end of the text. */
  readonly end: number;
}

function toParameter({ name, value, loose }: Piece): Parameter {
  return { name: (name ?? "").replace(/\s/g, "").toLowerCase(), value, loose };
}

/** Reads up to the next semicolon that stands in no quotes and no comment. */
function readPiece(text: string, from: number, ahead: Ahead): Piece {
  let name: string | undefined;
  let value = createReading();
  let at = from;
  while (at < text.length && text[at] !== ";") {
    const close = closing(text, at, value.isToken(), ahead);
    if (close > at && text[at] === '"') value.quoted(text.slice(at + 1, close));
    else if (close > at) value.comment(text.slice(at, close + 1));
    else if (text[at] === "=" && name === undefined) {
      name = value.value();
      value = createReading();
    } else if (text[at] !== '"') value.plain(text[at] ?? "");
    at = Math.max(at, close) + 1;
  }
  return { name, value: value.value(), loose: value.loose(), end: at };
}

/** Both readings of a value, as it comes. */
function createReading() {
  let strict = "";
  let loose = "";
  let isClosed = false;
  let isToken = false;
  return {
    /** Whether a parenthesis would be part of the word that stands before it: `Invoice(1).pdf`. */
    isToken: () => isToken,
    quoted(inside: string): void {
      if (isClosed) return;
      isClosed = strict.trim() === "";
      strict = (isClosed ? "" : strict) + inside.replace(/\\(.)/gs, "$1");
      loose = (isClosed ? "" : loose) + inside.replace(/\\(["\\])/g, "$1");
      isToken = false;
    },
    comment(text: string): void {
      if (!isClosed) loose += text;
    },
    plain(character: string): void {
      // A value is a token or a quoted string: what follows a closed quote is neither (RFC 2045 section 5.1).
      if (isClosed) return;
      strict += character;
      loose += character;
      isToken = character.trim() !== "";
    },
    value: () => (isClosed ? strict : strict.trim()),
    loose: () => loose.trim(),
  };
}

/** Where the quote or comment ends that begins here; -1 when none does, or none ends. */
function closing(text: string, at: number, isToken: boolean, ahead: Ahead): number {
  if (text[at] === '"' && ahead.quotes) {
    const close = quoteEnd(text, at);
    ahead.quotes = close >= 0;
    return close;
  }
  if (text[at] !== "(" || isToken || !ahead.comments) return -1;
  const close = commentEnd(text, at);
  ahead.comments = close >= 0;
  return close;
}

function quoteEnd(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at++) {
    if (text[at] === "\\") at++;
    else if (text[at] === '"') return at;
  }
  return -1;
}

/** Comments nest (RFC 5322 section 3.2.2). */
function commentEnd(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    if (text[at] === "\\") at++;
    else if (text[at] === "(") depth++;
    else if (text[at] === ")" && --depth === 0) return at;
  }
  return -1;
}
