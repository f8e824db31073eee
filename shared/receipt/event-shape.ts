import type * as z from "zod/mini";
import { MalformedEventError } from "../errors.ts";

/** An object of JSON, in which anything may stand. */
export type Json = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null;
}

/**
 * Checks an event against its shape; what the shape does not name is let through and left out of the result.
 *
 * Every part of the schema carries, as its message, the words for what was expected there. The error tells the first
 * thing that is wrong, and of what came only its type: an event holds subjects and addresses, and errors are logged.
 *
 * @param about.looksLike what the event seems to be, added to the error when it is another kind of event
 * @param about.within where the event stood in the one that carried it
 * @throws {MalformedEventError}
 */
export function readShape<Schema extends z.ZodMiniType>(
  schema: Schema,
  event: unknown,
  { looksLike, within = "" }: { readonly looksLike?: string | undefined; readonly within?: string } = {},
): z.output<Schema> {
  const checked = schema.safeParse(event);
  if (checked.success) return checked.data;
  const issue = checked.error.issues[0];
  const path = issue?.path ?? [];
  const got = describe(valueAt(event, path), issue?.code === "invalid_value");
  throw new MalformedEventError(pathInWords(path, within), issue?.message ?? "another event", andKind(got, looksLike));
}

/** Where `key` stands below a place in an event: `Records[0].ses.mail`. */
export function pathBelow(path: string, key: string): string {
  return path === "" || key === "" || key.startsWith("[") ? path + key : `${path}.${key}`;
}

function valueAt(event: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown>)[key], event);
}

/** `Records[0].ses.mail`: the keys are those of our schemas, never of the event. */
function pathInWords(path: readonly PropertyKey[], within: string): string {
  const steps = path.map((key) => (typeof key === "number" ? `[${key}]` : String(key)));
  return steps.reduce(pathBelow, within);
}

/** A value that stands where one of a few known words was expected may be shown, if it is a word like them. */
const WORD = /^[\w:.-]{1,40}$/;

/** What came, in the words of `describe`, and what kind of event it seems to be, where that is known. */
export function andKind(got: string, kind: string | undefined): string {
  return kind === undefined ? got : `${got} (it looks like ${kind})`;
}

/** What came, by its type and size alone. */
export function describe(value: unknown, expectedWord = false): string {
  if (value === undefined || value === null) return "nothing";
  if (Array.isArray(value)) return value.length === 0 ? "an empty array" : "an array";
  if (typeof value === "object") return "an object";
  if (value === "") return "an empty string";
  if (expectedWord && typeof value === "string" && WORD.test(value)) return `"${value}"`;
  return typeof value === "string" ? `a string of ${value.length} characters` : `a ${typeof value}`;
}
