import { RE2JS, RE2JSSyntaxException, RE2Set } from "re2js";
import { MAX_QUOTED, shorten } from "../../text/excerpt.ts";
import { MAX_PATTERN_LENGTH, MAX_PATTERN_SIZE } from "../limits.ts";

/** What RE2 says, and what the writer of a Perl or JavaScript pattern should know then. */
const HINTS: Readonly<Record<string, string>> = {
  "invalid or unsupported Perl syntax": "RE2 has no look-around, no atomic groups and no comments",
  "invalid named capture": "RE2 has no look-behind; a named group is written (?P<name>…)",
  "invalid escape sequence": "RE2 has no backreferences; a character can be written by its number: \\x{3042}",
  "invalid repeat count": "a repetition counts to 1000 at most, times the counts of those inside it",
  "invalid nested repetition operator": "RE2 has no possessive repetition; to repeat a repetition, put it in (?:…)",
};

/**
 * Why a pattern cannot be used, in words; `undefined` when it can. The syntax is RE2's: what it leaves out, look-around
 * and backreferences, is what takes exponential time elsewhere.
 */
export function patternError(pattern: string): string | undefined {
  if (pattern.length > MAX_PATTERN_LENGTH) {
    return `the pattern is too long: expected at most ${MAX_PATTERN_LENGTH} characters, got ${pattern.length}`;
  }
  try {
    const set = new RE2Set();
    set.add(pattern);
    set.compile();
    const size = RE2JS.compile(pattern).programSize();
    if (size <= MAX_PATTERN_SIZE) return undefined;
    return `the pattern is too large: with its repetitions written out it has ${size} steps, of ${MAX_PATTERN_SIZE} allowed`;
  } catch (error) {
    return `not a pattern in RE2's syntax: ${reasonOf(error)}`;
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof RE2JSSyntaxException)) return String(error);
  const reason = error.getDescription();
  const part = error.getPattern();
  const quoted = part ? ` in "${shorten(part, MAX_QUOTED)}"` : "";
  const hint = HINTS[reason];
  return `${reason}${quoted}${hint ? ` (${hint})` : ""}`;
}
