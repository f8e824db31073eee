import { LABELS, LEFT_OUT } from "./aliases.ts";
import { spelledAs } from "./spellings.ts";

/** Labels that were asked for, known or not: finding out that nobody knows one costs an exception. */
const asked = new Map<string, string | undefined>();
const MAX_ASKED = 1_000;

/**
 * The encoding that a charset label names: in the words of the WHATWG Encoding Standard, or for what the standard has
 * left out (UTF-7, HZ, ISO-2022-KR, Johab, the pages of DOS) by its best known name; `undefined` when nobody knows it.
 */
export function encodingOf(label: string): string | undefined {
  const key = label.slice(0, 80);
  if (asked.has(key)) return asked.get(key);
  const encoding = findEncoding(key);
  if (asked.size < MAX_ASKED) asked.set(key, encoding);
  return encoding;
}

function findEncoding(label: string): string | undefined {
  const cleaned = label
    .trim()
    .toLowerCase()
    .replace(/^["']|["']$/g, "");
  const dashed = cleaned.replace(/^x-/, "").replaceAll("_", "-");
  const spellings = [
    cleaned,
    dashed,
    dashed.replace(/^(?=8859)/, "iso-"),
    dashed.replace(/^(?:cp|win|ms)-?(?=125\d|874)/, "windows-"),
  ];
  return knownEncoding(spellings) ?? knownEncoding([spelledAs(cleaned)].filter((other) => other !== undefined));
}

function knownEncoding(spellings: readonly string[]): string | undefined {
  // First, because the standard has names for some of them that say something else.
  const leftOut = spellings.map((spelling) => named(LEFT_OUT, spelling)).find((encoding) => encoding !== undefined);
  if (leftOut !== undefined) return leftOut;
  for (const candidate of spellings) {
    try {
      return new TextDecoder(named(LABELS, candidate) ?? candidate).encoding;
    } catch {
      // Not a label of the standard: try the next spelling.
    }
  }
  return undefined;
}

/** A label can be `constructor` or `__proto__`: what an object inherits is no encoding. */
function named(labels: Readonly<Record<string, string>>, label: string): string | undefined {
  return Object.hasOwn(labels, label) ? labels[label] : undefined;
}
