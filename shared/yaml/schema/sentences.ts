import type * as z from "zod";
import { MAX_QUOTED, shorten } from "../../text/excerpt.ts";

type Issue = z.core.$ZodRawIssue;

/** A value in a few words, for "expected X, got Y". */
export function got(value: unknown): string {
  if (value === null || value === undefined) return "nothing";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "number") return `the number ${value}`;
  if (typeof value === "boolean") return String(value);
  if (typeof value !== "string") return "a mapping";
  return JSON.stringify(value.length > MAX_QUOTED ? shorten(value, MAX_QUOTED) : value);
}

/** YAML reads 123, true and null as no text, and what follows # as nothing: whoever means the text must quote it. */
function quoteHint(value: unknown): string {
  if (value === null) return "the text null or ~, and text that begins with #, must be in quotes";
  if (Array.isArray(value)) return "text that begins with [ must be in quotes";
  if (typeof value === "object") return "text with a colon and a space in it, or that begins with {, must be in quotes";
  return `if you mean the text, put it in quotes: "${value}"`;
}

const KINDS: Readonly<Record<string, string>> = {
  string: "text",
  array: "a list",
  object: "a mapping",
  record: "a mapping",
  boolean: "true or false",
  int: "a whole number",
  // No value may have a fraction; whether it has one is asked second.
  number: "a whole number",
};

const UNITS: Readonly<Record<string, string>> = { string: " characters", array: " entries" };

/** The key is absent. A key with nothing behind it is `null` in YAML. */
export function missing(issue: Issue): string | undefined {
  return issue.input === undefined ? `${JSON.stringify(issue.path?.at(-1))} is missing` : undefined;
}

/** What is wrong, in a sentence for whoever wrote the file; for `safeParse`, where the schema has no words of its own. */
export function sentence(issue: Issue): string | undefined {
  return missing(issue) ?? ofCode(issue);
}

function ofCode(issue: Issue): string | undefined {
  switch (issue.code) {
    case "invalid_type": {
      const hint = issue.expected === "string" ? `; ${quoteHint(issue.input)}` : "";
      return `expected ${KINDS[issue.expected]}, got ${got(issue.input)}${hint}`;
    }
    case "invalid_value":
      return `expected ${issue.values.join(" or ")}, got ${got(issue.input)}`;
    case "too_small":
      return issue.origin === "number"
        ? `expected ${issue.minimum} or more, got ${got(issue.input)}`
        : "expected at least one, got none";
    case "too_big":
      return `expected at most ${issue.maximum}${UNITS[issue.origin] ?? ""}, got more`;
    default:
      return undefined;
  }
}
