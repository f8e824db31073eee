import { Kind } from "./character-kind.ts";

/** White space that was read and not written yet: what follows decides what becomes of it. */
export const White = { none: 0, spaces: 1, carriageReturn: 2, lineBreak: 3, separator: 4 } as const;
export type White = (typeof White)[keyof typeof White];
const WHITES = 5;

/** What stands before a character: the start of the text, or a character of kind other, word or unspaced. */
export const START = 3;
export type Before = typeof START | typeof Kind.other | typeof Kind.word | typeof Kind.unspaced;

/** By the kind of white space that comes, and what was read before it. A carriage return and the line end behind it are one. */
const WHITE_AFTER = Uint8Array.of(
  ...[White.spaces, White.spaces, White.lineBreak, White.lineBreak, White.separator], // Kind.space
  ...[White.lineBreak, White.lineBreak, White.lineBreak, White.separator, White.separator], // Kind.lineFeed
  ...[White.carriageReturn, White.carriageReturn, White.separator, White.separator, White.separator], // Kind.carriageReturn
  ...[White.separator, White.separator, White.separator, White.separator, White.separator], // Kind.separator
  ...[White.none, White.spaces, White.carriageReturn, White.lineBreak, White.separator], // Kind.invisible
);

export function whiteAfter(white: White, kind: Kind): White {
  return WHITE_AFTER[(kind - Kind.space) * WHITES + white] as White;
}

/** Stands at every edge of a word. It is a control character: as those are invisible, no text brings it into its form. */
export const WORD_EDGE = 0x1f;
const SPACE = 0x20;

// What is written between two characters, as bits of a gap.
const EDGE_BEHIND = 1;
const ONE_SPACE = 2;
const EDGE_BEFORE = 4;

/** By gap, its units. */
export const GAPS: readonly Uint16Array[] = Array.from({ length: 8 }, (_, gap) =>
  Uint16Array.of(
    ...(gap & EDGE_BEHIND ? [WORD_EDGE] : []),
    ...(gap & ONE_SPACE ? [SPACE] : []),
    ...(gap & EDGE_BEFORE ? [WORD_EDGE] : []),
  ),
);

const GAP_BETWEEN = Uint8Array.from({ length: 4 * WHITES * 3 }, (_, i) =>
  composeGap(Math.floor(i / (WHITES * 3)) as Before, (Math.floor(i / 3) % WHITES) as White, (i % 3) as Before),
);

/** What is written before a character, given the one before it and the white space between them: a number of GAPS. */
export function gapBetween(before: Before, white: White, next: Kind): number {
  return GAP_BETWEEN[(before * WHITES + white) * 3 + next] as number;
}

/** White space becomes one space. But a script without spaces breaks its lines anywhere: they are joined again. */
function composeGap(before: Before, white: White, next: Before): number {
  const broken = white === White.lineBreak || white === White.carriageReturn;
  const joined = broken && before === Kind.unspaced && next === Kind.unspaced;
  const spaced = white !== White.none && before !== START && !joined;
  const behind = before === Kind.word && (spaced || next !== Kind.word);
  const ahead = next === Kind.word && (spaced || before !== Kind.word);
  return (behind ? EDGE_BEHIND : 0) | (spaced ? ONE_SPACE : 0) | (ahead ? EDGE_BEFORE : 0);
}
