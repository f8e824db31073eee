import { decodeText } from "../charset/decode-text.ts";
import { encodingOf } from "../charset/labels.ts";
import { decodeHeaderValue } from "../header/encoded-words.ts";
import type { Parameter, ParameterizedValue } from "./parameters.ts";

/**
 * Encodings in which any bytes are text, so that being named elsewhere in the mail says little about a raw name: what is
 * read by its own bytes is UTF-8 or Western anyway.
 */
const SAYS_LITTLE = new Set<string | undefined>(["us-ascii", "windows-1252", "iso-8859-15", "utf-8"]);

/** How many names of one part are told, its own included. The attack: a thousand `filename` parameters in each of a thousand parts. */
const MAX_NAMES = 5;

/** The parameters that name a part's file, the one that counts first. Some senders put the name into a parameter of the wrong field. */
const NAMES: readonly (readonly [field: "disposition" | "type", parameter: string])[] = [
  ["disposition", "filename"],
  ["type", "name"],
  ["disposition", "name"],
  ["type", "filename"],
];

/**
 * All names that a part has for its file, decoded and as they are, the one that counts first: Content-Disposition before
 * Content-Type (RFC 2183 section 2.3), the extended form before the plain one (RFC 6266 section 4.3), the first of duplicates.
 *
 * The others are told too, because a mail program may read one of those: `filename=a.pdf` beside `name=a.exe`.
 *
 * @param neighbour the charset of the text that they come with: what raw 8-bit names are probably in
 */
export function partNames(
  fields: { readonly disposition: readonly ParameterizedValue[]; readonly type: readonly ParameterizedValue[] },
  neighbour: string | undefined,
): readonly string[] {
  const charset = neighbour === undefined || SAYS_LITTLE.has(encodingOf(neighbour)) ? undefined : neighbour;
  const names = NAMES.flatMap(([field, parameter]) =>
    fields[field].flatMap(({ parameters }) => namesOf(parameters, parameter, charset)),
  );
  return [...new Set(names.filter((name) => name.trim() !== ""))].slice(0, MAX_NAMES);
}

function namesOf(parameters: readonly Parameter[], wanted: string, charset: string | undefined): string[] {
  const extended = extendedValue(parameters, wanted, charset);
  const plain = parameters.filter(({ name }) => name === wanted);
  return [
    ...(extended === undefined ? [] : [extended]),
    ...plain.slice(0, MAX_NAMES).flatMap(({ value, loose }) => [loose, value].map((one) => decodePlain(one, charset))),
  ];
}

/** A parameter's value, by its extended form if it has one, as the RFCs have it: for all that is no file name. */
export function parameterValue(parameters: readonly Parameter[], wanted: string): string | undefined {
  return extendedValue(parameters, wanted, undefined) ?? parameters.find(({ name }) => name === wanted)?.value;
}

/** An extended value that stands where a plain one should: `filename="utf-8''a%20b.pdf"`. */
const EXTENDED = /^([\w.:+-]{2,40})'[\w-]{0,20}'/;

function decodePlain(latin1: string, charset: string | undefined): string {
  const declared = EXTENDED.exec(latin1)?.[1];
  if (declared !== undefined && encodingOf(declared) !== undefined) return decodeSections([latin1], charset);
  return decodeHeaderValue(latin1, charset);
}

/** RFC 2231 section 3 and 4: the number of a section, and whether it is percent-encoded. */
const SECTION = /^\*(?:(\d{1,4})(\*)?)?$/;

/**
 * The value of an extended parameter (RFC 2231): its sections in the order of their numbers, whatever their order in the field.
 * A missing section is passed over and the first of two with one number counts, since a name that lacks a piece is
 * still more to go by than none.
 */
function extendedValue(
  parameters: readonly Parameter[],
  wanted: string,
  charset: string | undefined,
): string | undefined {
  const sections = new Map<number, { isEncoded: boolean; value: string }>();
  for (const { name, value } of parameters) {
    const section = name.startsWith(wanted) ? SECTION.exec(name.slice(wanted.length)) : null;
    if (section === null) continue;
    const number = Number(section[1] ?? 0);
    const isEncoded = section[1] === undefined || section[2] !== undefined;
    if (!sections.has(number)) sections.set(number, { isEncoded, value });
  }
  if (sections.size === 0) return undefined;
  const inOrder = [...sections].sort(([one], [other]) => one - other).map(([, section]) => section);
  // Sections that nothing encodes may be a long encoded word, cut where it suited.
  if (!inOrder.some(({ isEncoded }) => isEncoded))
    return decodePlain(inOrder.map(({ value }) => value).join(""), charset);
  return decodeSections(
    inOrder.map(({ value }) => value),
    charset,
    inOrder.map(({ isEncoded }) => isEncoded),
  );
}

/** @param encoded which sections are percent-encoded; all, if it is not said */
function decodeSections(values: readonly string[], charset: string | undefined, encoded?: readonly boolean[]): string {
  const [first = "", ...rest] = values;
  const mark = encoded?.[0] === false ? null : EXTENDED_MARK.exec(first);
  const sections = [first.slice(mark?.[0].length ?? 0), ...rest];
  const bytes = sections.map((value, at) => (encoded?.[at] === false ? value : withoutPercent(value))).join("");
  return decodeText(Buffer.from(bytes, "latin1"), mark?.[1] || charset).text;
}

/** Charset and language; both may be empty (RFC 2231 section 4). */
const EXTENDED_MARK = /^([^']{0,80})'[^']{0,80}'/;

function withoutPercent(latin1: string): string {
  return latin1.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
