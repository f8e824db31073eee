const LF = 0x0a;
const DASH = 0x2d;
const BOUNDARY = Buffer.from("oundary");
const OVERLAP = BOUNDARY.length;

/**
 * How many comparisons of a line with a boundary a mail may cause. mailparser holds each line that begins with `--` against
 * the boundaries of all multiparts that it stands in. The attack: 4,000 multiparts inside each other, and then nothing but
 * such lines, took minutes. Ordinary mail stays below a thousandth of this.
 */
const MAX_COMPARISONS = 20_000_000;

/**
 * Counts that work from outside, before the parser does it: every `boundary` seen so far for every line that begins with
 * `--`. It counts too much rather than too little, at the speed of a search for bytes.
 *
 * @returns a function that takes the next bytes and says whether the parser may still have them
 */
export function createBoundaryWork(): (chunk: Buffer) => boolean {
  let boundaries = 1;
  let comparisons = 0;
  let tail = Buffer.alloc(0);
  return (chunk) => {
    const seam = Buffer.concat([tail, chunk.subarray(0, OVERLAP)]);
    boundaries += count(chunk, BOUNDARY) + countAcross(seam, tail.length);
    comparisons += boundaries * dashLines(chunk, tail.at(-1));
    tail = Buffer.from(chunk.subarray(-OVERLAP));
    return comparisons <= MAX_COMPARISONS;
  };
}

function count(bytes: Buffer, word: Buffer): number {
  let found = 0;
  for (let at = bytes.indexOf(word); at >= 0; at = bytes.indexOf(word, at + word.length)) found++;
  return found;
}

/** 1 when the word stands across the place where one chunk ends and the next begins. */
function countAcross(seam: Buffer, edge: number): number {
  const at = seam.indexOf(BOUNDARY);
  return at >= 0 && at < edge && at + BOUNDARY.length > edge ? 1 : 0;
}

/** Lines of the chunk that begin with a dash. */
function dashLines(chunk: Buffer, before: number | undefined): number {
  let lines = chunk[0] === DASH && (before === undefined || before === LF) ? 1 : 0;
  for (let at = chunk.indexOf("\n-"); at >= 0; at = chunk.indexOf("\n-", at + 2)) lines++;
  return lines;
}
