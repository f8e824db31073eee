// What one rules file, and the account of one match, may hold. Whoever writes the file is trusted to mean well, so these
// stop a mistake (a generated file that went wrong, the wrong file) and a bomb in a file that somebody else handed over.
// Whoever writes a mail is not: what patterns may spend on a text, and what a match may tell of it, stops an attack.

/** UTF-16 units: room for `MAX_KEYWORDS` of ordinary length. Whatever is larger is the wrong file. */
export const MAX_RULES_FILE_LENGTH = 4 * 1024 * 1024;

/** `all`, `any` and `not` inside each other. Deeper, nobody can say what a rule means. */
export const MAX_CONDITION_DEPTH = 20;

export const MAX_RULES = 10_000;

/** Each costs a place in the index, in every Lambda that starts. */
export const MAX_KEYWORDS = 100_000;

/** UTF-16 units. A paragraph that was pasted for a keyword never matches. */
export const MAX_KEYWORD_LENGTH = 200;

/** Unlike keywords, each pattern costs time in every mail. */
export const MAX_PATTERNS = 200;

/** UTF-16 units. A pattern's cost grows with its length. */
export const MAX_PATTERN_LENGTH = 1_000;

/** Instructions of one pattern: `.{0,900}` has 1,800. A larger one would leave too little text to be seen by its set. */
export const MAX_PATTERN_SIZE = 2_000;

/** UTF-16 units of a text that patterns see at most, in the form that they see. */
export const MAX_PATTERN_TEXT = 131_072;

/**
 * Instructions of all patterns of a set, times units of text. RE2 is linear, but its constant is the size of the patterns:
 * a sender who knows that we look for `[ab]*a[ab]{90}c` writes a text of a and b, which keeps every instruction busy at
 * every character (measured: 9 ns each, so this is about a second). A set of ten ordinary patterns has 300 instructions.
 */
export const MAX_PATTERN_STEPS = 100_000_000;

/** UTF-16 units of an address pattern or a glob: the longest address that SMTP carries, and some room. */
export const MAX_GLOB_LENGTH = 320;

/** Reasons of one match. A mail that lists every keyword shall not grow its record and alert without end. */
export const MAX_REASONS = 100;

/** UTF-16 units of a value or condition in a reason: a header line can be a megabyte long. */
export const MAX_REASON_VALUE = 200;
