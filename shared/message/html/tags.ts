/** One tag, as it stands in the HTML. */
export interface Tag {
  /** Lower case; empty for comments, declarations and processing instructions. */
  readonly name: string;
  readonly closing: boolean;
  /** What stands between the name and `>`, cut where it is very long. */
  readonly attributes: string;
  /** Where the text goes on. */
  readonly end: number;
}

/** Attributes longer than this are not looked into. The attack: a tag of 10 MB to search again and again. */
const MAX_ATTRIBUTES = 8 * 1024;
const MAX_NAME = 64;

/** Reads the tag that begins with the `<` at `open`; `undefined` when that `<` is text, as in `a < b`. */
export function readTag(html: string, open: number): Tag | undefined {
  // HTML ends `<!-->` and `<!--->` at once, so the search for the end begins inside the opening dashes.
  if (html.startsWith("<!--", open)) return readComment(html, open);
  const next = html.charCodeAt(open + 1);
  if (next === EXCLAMATION || next === QUESTION) return nameless(html, html.indexOf(">", open + 2), 1);
  const closing = next === SLASH;
  const nameStart = open + (closing ? 2 : 1);
  if (!isLetter(html.charCodeAt(nameStart))) return undefined;
  let nameEnd = nameStart;
  while (nameEnd < html.length && !endsName(html.charCodeAt(nameEnd))) nameEnd++;
  const end = tagEnd(html, nameEnd);
  return {
    name: html.slice(nameStart, Math.min(nameEnd, nameStart + MAX_NAME)).toLowerCase(),
    closing,
    attributes: html.slice(nameEnd, Math.min(end, nameEnd + MAX_ATTRIBUTES)),
    end: end + 1,
  };
}

const [EXCLAMATION, QUESTION, SLASH, EQUALS, GREATER, QUOTE, APOSTROPHE] = [0x21, 0x3f, 0x2f, 0x3d, 0x3e, 0x22, 0x27];

/** A comment ends at `-->`, or at `--!>` (HTML Standard 13.2.5.52), whichever comes first. */
function readComment(html: string, open: number): Tag {
  COMMENT_END.lastIndex = open + 2;
  const end = COMMENT_END.exec(html);
  return nameless(html, end?.index ?? -1, end?.[0].length ?? 0);
}

/** What Outlook reads of a conditional comment, such as `<!--[if mso]>…<![endif]-->`; of any other comment or declaration, nothing. */
export function outlookPart(html: string, open: number, end: number): string {
  const condition = /^<!--\s{0,9}\[if\b[^\]]{0,100}\]>/i.exec(html.slice(open, open + 128));
  return condition === null ? "" : html.slice(open + condition[0].length, end).replace(/--!?>$/, "");
}

const COMMENT_END = /--!?>/g;

function nameless(html: string, found: number, width: number): Tag {
  return { name: "", closing: false, attributes: "", end: found < 0 ? html.length : found + width };
}

/** The place of the `>` that ends a tag; one inside a quoted attribute value does not. */
function tagEnd(html: string, from: number): number {
  let expectsValue = false;
  for (let at = from; at < html.length; at++) {
    const unit = html.charCodeAt(at);
    if (unit === GREATER) return at;
    if (expectsValue && (unit === QUOTE || unit === APOSTROPHE)) {
      const close = html.indexOf(html.charAt(at), at + 1);
      // A quote that is closed nowhere near is a typo, not an attribute as long as the mail.
      if (close >= 0 && close - at <= MAX_ATTRIBUTES) at = close;
    }
    if (unit > 0x20) expectsValue = unit === EQUALS;
  }
  return html.length;
}

function isLetter(unit: number): boolean {
  return (unit >= 0x61 && unit <= 0x7a) || (unit >= 0x41 && unit <= 0x5a);
}

/** White space, a slash or the end of the tag; all else is the name's (HTML Standard 13.2.5.8). */
function endsName(unit: number): boolean {
  return unit <= 0x20 || unit === SLASH || unit === GREATER;
}
