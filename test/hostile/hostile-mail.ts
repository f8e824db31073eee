/** One mail that was made to hurt. It is made anew each time, chunk by chunk, so that a large one never lies in memory. */
export interface HostileMail {
  readonly name: string;
  /** The attack: what it costs, or hides from, a reader that does the obvious. */
  readonly why: string;
  /** The keyword that it holds and that must be found; else nobody asks. */
  readonly found?: string;
  pieces(): Pieces;
}

/** Text is written as latin1, a byte a character, so that a mail can hold any bytes. */
export type Pieces = Iterable<string | Uint8Array>;

/** What most of them hold. */
export const KEYWORD = "sabotage";

/** Bytes of a mail at its full size, made as much smaller as the whole set is. */
export type Megabytes = (full: number) => number;

const CHUNK = 64 * 1024;

/** A mail in chunks of 64 KB, as S3 sends one. */
export function* inChunks(pieces: Pieces): Generator<Buffer> {
  let held: Uint8Array[] = [];
  let length = 0;
  for (const piece of pieces) {
    const bytes = typeof piece === "string" ? Buffer.from(piece, "latin1") : piece;
    held.push(bytes);
    length += bytes.length;
    if (length < CHUNK) continue;
    const whole = Buffer.concat(held);
    for (let at = 0; at + CHUNK <= length; at += CHUNK) yield whole.subarray(at, at + CHUNK);
    held = [whole.subarray(length - (length % CHUNK))];
    length %= CHUNK;
  }
  if (length > 0) yield Buffer.concat(held);
}

/** This text again and again, for as many bytes. */
export function* filled(unit: string | Uint8Array, bytes: number): Generator<Uint8Array> {
  const one = typeof unit === "string" ? Buffer.from(unit, "latin1") : Buffer.from(unit);
  const many = Buffer.concat(Array(Math.max(1, Math.floor(CHUNK / one.length))).fill(one));
  let left = bytes;
  for (; left > many.length; left -= many.length) yield many;
  yield many.subarray(0, Math.max(one.length, left - (left % one.length)));
}

/** So many texts, each made when its turn comes. */
export function* times(count: number, text: (place: number) => string): Generator<string> {
  for (let place = 0; place < count; place++) yield text(place);
}
