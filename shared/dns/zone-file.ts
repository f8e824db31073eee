import { ZoneFileError } from "../errors.ts";
import { absoluteName } from "./domain-name.ts";
import { recordData } from "./record-data.ts";
import { readZoneWords, type ZoneEntry, type ZoneProblem, type ZoneWord } from "./zone-words.ts";

/** One record of a zone. Names are whole, in lower case and without the dot at their end. */
export interface ZoneRecord {
  readonly name: string;
  /** Seconds; `undefined`: the file does not say. */
  readonly ttl: number | undefined;
  /** In capital letters. */
  readonly type: string;
  /** What it says, word by word; names in it are whole, texts are without quotes and escapes. */
  readonly data: readonly string[];
}

/** Problems that are told: a file of 200,000 parentheses has as many. */
const MAX_TOLD = 100;

interface ZoneReading {
  origin: string | undefined;
  defaultTtl: number | undefined;
  owner: string | undefined;
  readonly records: ZoneRecord[];
  readonly problem: (found: ZoneProblem) => void;
}

/**
 * Reads a zone file (RFC 1035, section 5) with `$ORIGIN` and `$TTL` (RFC 2308). What `$INCLUDE` would bring is not read, and is a problem.
 *
 * @param file its name, for problems
 * @throws {ZoneFileError} with every problem that was found, as far as a person would read them
 */
export function readZoneFile(text: string, file: string): readonly ZoneRecord[] {
  const problems: ZoneProblem[] = [];
  const problem = (found: ZoneProblem) => void problems.push(found);
  const reading: ZoneReading = { origin: undefined, defaultTtl: undefined, owner: undefined, records: [], problem };
  for (const entry of readZoneWords(text.replace(/^\uFEFF/, ""), problem)) readEntry(entry, reading);
  if (problems.length === 0) return reading.records;
  throw new ZoneFileError(
    file,
    toldOf(problems).map((found) => ({ ...found, path: "" })),
  );
}

/** In the order of the file, the last of too many with how many there are besides. */
function toldOf(problems: readonly ZoneProblem[]): readonly ZoneProblem[] {
  const inOrder = problems.toSorted((one, other) => one.line - other.line || one.column - other.column);
  const [next, ...rest] = inOrder.slice(MAX_TOLD);
  if (next === undefined) return inOrder;
  const message = rest.length === 0 ? next.message : `and ${rest.length + 1} more problems`;
  return [...inOrder.slice(0, MAX_TOLD), { ...next, message }];
}

function readEntry(entry: ZoneEntry, reading: ZoneReading): void {
  const [first, second] = entry.words;
  if (first === undefined) return;
  if (entry.isIndented || first.isQuoted || !first.text.startsWith("$")) readRecord(entry, reading);
  else readDirective(first, second, reading);
}

function readDirective(directive: ZoneWord, argument: ZoneWord | undefined, reading: ZoneReading): void {
  const name = directive.text.toUpperCase();
  const { origin } = reading;
  if (name === "$ORIGIN") {
    const written = argument && absoluteName(argument.text, origin);
    if (written === undefined)
      reading.problem({
        ...placeOf(argument ?? directive),
        message: "expected $ORIGIN with a name that ends with a dot",
      });
    else reading.origin = written;
  } else if (name === "$TTL") {
    reading.defaultTtl = argument && readTtl(argument.text);
    if (reading.defaultTtl === undefined)
      reading.problem({ ...placeOf(argument ?? directive), message: "expected $TTL with a time such as 300 or 1h" });
  } else
    reading.problem({
      ...placeOf(directive),
      message: `expected $ORIGIN or $TTL, got ${directive.text}, which is not read`,
    });
}

function readRecord({ words, isIndented }: ZoneEntry, reading: ZoneReading): void {
  const rest = [...words];
  if (!isIndented) readOwner(rest.shift(), reading);
  const ttl = takeTtlAndClass(rest, reading);
  const type = rest.shift();
  const last = words.at(-1);
  if (last === undefined) return;
  if (type === undefined || type.isQuoted || !/^[A-Z][A-Z0-9-]*$/i.test(type.text)) {
    const got = type === undefined ? "nothing" : JSON.stringify(type.text);
    reading.problem({ ...placeOf(type ?? last), message: `expected the type of a record, such as MX, got ${got}` });
    return;
  }
  const data = recordData(type.text.toUpperCase(), rest, reading.origin);
  if ("expected" in data) {
    const got = data.got === undefined ? "nothing" : JSON.stringify(data.got.text);
    reading.problem({ ...placeOf(data.got ?? last), message: `expected ${data.expected}, got ${got}` });
  } else if (reading.owner !== undefined)
    reading.records.push({ name: reading.owner, ttl: ttl ?? reading.defaultTtl, type: type.text.toUpperCase(), data });
  else if (isIndented)
    reading.problem({
      ...placeOf(words[0] ?? last),
      message: "expected a name, because no record stands before this one",
    });
}

function readOwner(word: ZoneWord | undefined, reading: ZoneReading): void {
  reading.owner = word && !word.isQuoted ? absoluteName(word.text, reading.origin) : undefined;
  if (word !== undefined && reading.owner === undefined)
    reading.problem({
      ...placeOf(word),
      message:
        reading.origin === undefined && !word.text.endsWith(".")
          ? `${JSON.stringify(word.text)} is part of a name, and no $ORIGIN before it says of which`
          : `expected a domain name, got ${JSON.stringify(word.text)}`,
    });
}

/** TTL and class may stand in either order, or not at all. */
function takeTtlAndClass(words: ZoneWord[], { problem }: ZoneReading): number | undefined {
  let ttl: number | undefined;
  for (let word = words[0]; word !== undefined && !word.isQuoted; word = words[0]) {
    const time = ttl === undefined ? readTtl(word.text) : undefined;
    if (time === undefined && !/^(?:IN|CH|HS|CS)$/i.test(word.text)) break;
    if (time === undefined && word.text.toUpperCase() !== "IN")
      problem({ ...placeOf(word), message: `expected the class IN, got ${word.text}` });
    ttl ??= time;
    words.shift();
  }
  return ttl;
}

const UNITS: Readonly<Record<string, number>> = { "": 1, s: 1, m: 60, h: 3_600, d: 86_400, w: 604_800 };

/** RFC 2181, section 8. */
const MAX_TTL = 2 ** 31 - 1;

/** Seconds, or BIND's `1h30m`. */
function readTtl(written: string): number | undefined {
  if (!/^(?:\d{1,10}|(?:\d{1,10}[smhdw]){1,5})$/i.test(written)) return undefined;
  const parts = [...written.matchAll(/(\d+)([a-z]?)/gi)];
  const seconds = parts.reduce(
    (sum, [, number, unit = ""]) => sum + Number(number) * (UNITS[unit.toLowerCase()] ?? 0),
    0,
  );
  return seconds <= MAX_TTL ? seconds : undefined;
}

function placeOf({ line, column }: ZoneWord): { readonly line: number; readonly column: number } {
  return { line, column };
}
