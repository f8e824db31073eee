import { addressIn, splitStructuredField } from "./structured-field.ts";

/** What a Received field says (RFC 5321 section 4.4). */
export interface Received {
  /** The host that wrote the field. */
  readonly by: string | undefined;
  readonly id: string | undefined;
  /** The recipient, without angle brackets. */
  readonly recipient: string | undefined;
  /** As it is written; `undefined` when there is none. */
  readonly date: string | undefined;
}

const CLAUSES = new Set(["from", "by", "via", "with", "id", "for"]);

/**
 * Reads a Received field.
 *
 * Of a clause that stands there twice the last counts: the field begins with the name that the sending host gives
 * itself, and that may be spelled like a clause.
 */
export function readReceived(value: string): Received {
  const { parts } = splitStructuredField(value);
  const date = parts.length > 1 ? parts.at(-1) : undefined;
  const words = parts.slice(0, date === undefined ? 1 : -1).flatMap((part) => part.words);
  const clauses = new Map<string, string>();
  for (let at = 0; at + 1 < words.length; at++) {
    const name = words[at]?.toLowerCase() ?? "";
    // The value of a clause is never the name of the next: in `from by by mx.example` the host calls itself "by".
    if (CLAUSES.has(name)) clauses.set(name, words[++at] ?? "");
  }
  return {
    by: clauses.get("by"),
    id: clauses.get("id"),
    recipient: addressIn([clauses.get("for") ?? ""]) || undefined,
    date: date && value.slice(date.start).trim(),
  };
}
