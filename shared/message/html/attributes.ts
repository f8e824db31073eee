/** By name in lower case, the values of a tag's attributes, not yet decoded. Of two with one name, the first counts. */
export type Attributes = ReadonlyMap<string, string>;

const ATTRIBUTE = /([^\s=/"'>]+)(?:\s{0,9}=\s{0,9}(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g;

export function readAttributes(attributes: string): Attributes {
  const values = new Map<string, string>();
  for (let found = ATTRIBUTE.exec(attributes); found !== null; found = ATTRIBUTE.exec(attributes)) {
    const name = found[1]?.toLowerCase() ?? "";
    if (!values.has(name)) values.set(name, found[2] ?? found[3] ?? found[4] ?? "");
  }
  return values;
}

/** The value of an attribute, not yet decoded: empty when it has none, `undefined` when it is not there. */
export function attribute(attributes: string, name: string): string | undefined {
  const named = attributesNamed([name], attributes);
  return named === "" ? undefined : readAttributes(named).get(name);
}

/**
 * The attributes of these names alone, each as it is written, a space between: of them, `readAttributes` reads the same.
 *
 * Walked by hand: an expression that takes all of them apart would cost more than all else that is done for a tag.
 */
export function attributesNamed(names: readonly string[], attributes: string): string {
  let named = "";
  for (let at = 0; at < attributes.length; ) {
    const start = skip(attributes, at, BETWEEN);
    const nameEnd = skip(attributes, start, OF_NAME);
    at = valueEnd(attributes, nameEnd);
    if (names.includes(attributes.slice(start, nameEnd).toLowerCase()))
      named += (named === "" ? "" : " ") + attributes.slice(start, at);
  }
  return named;
}

/** Where the value ends of an attribute whose name ends at a place: there, when it has none. */
function valueEnd(attributes: string, nameEnd: number): number {
  const equals = skip(attributes, nameEnd, SPACE, MAX_SPACE);
  if (attributes.charCodeAt(equals) !== EQUALS) return nameEnd;
  const start = skip(attributes, equals + 1, SPACE, MAX_SPACE);
  const first = attributes.charCodeAt(start);
  if (first !== QUOTE && first !== APOSTROPHE) {
    const end = skip(attributes, start, UNQUOTED);
    return end > start ? end : nameEnd;
  }
  const close = attributes.indexOf(first === QUOTE ? '"' : "'", start + 1);
  return close < 0 ? nameEnd : close + 1;
}

const [EQUALS, QUOTE, APOSTROPHE] = [0x3d, 0x22, 0x27];

/** White space around `=` that is taken for such. */
const MAX_SPACE = 9;

// Kinds of characters, and where each may stand.
const [SPACE, OF_NAME, SIGN, MARK] = [1, 2, 4, 8];
const BETWEEN = SPACE | SIGN | MARK;
const UNQUOTED = OF_NAME | SIGN;

const KINDS = Uint8Array.from({ length: 128 }, (_, unit) => kindOf(String.fromCharCode(unit)));

function kindOf(character: string): number {
  if (/\s/.test(character)) return SPACE;
  if (/[=/]/.test(character)) return SIGN;
  return /["'>]/.test(character) ? MARK : OF_NAME;
}

/** The first place that has none of these kinds of characters. */
function skip(text: string, from: number, kinds: number, most = text.length): number {
  const last = Math.min(text.length, from + most);
  let at = from;
  while (at < last && ((KINDS[text.charCodeAt(at)] ?? kindOf(text.charAt(at))) & kinds) !== 0) at++;
  return at;
}
