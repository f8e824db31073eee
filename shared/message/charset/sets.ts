const NOTHING = 0xfffd;

/** A set of 94 by 94 characters that ISO 2022 designates: one UTF-16 unit each, by row and column from 0. */
export type CharacterSet = Uint16Array;

/** The sets, by how the engine reads one of their characters: an encoding, and what stands in front of the two bytes. */
const SOURCES = {
  jisX0208: ["euc-jp"],
  jisX0212: ["euc-jp", 0x8f],
  gb2312: ["gbk"],
  ksX1001: ["euc-kr"],
} as const;

export type SetName = keyof typeof SOURCES;

const sets = new Map<SetName, CharacterSet>();

/** The set of this name. The engine holds its tables already: each is read out of it once. */
export function characterSet(name: SetName): CharacterSet {
  const known = sets.get(name) ?? readSet(name);
  sets.set(name, known);
  return known;
}

function readSet(name: SetName): CharacterSet {
  const [encoding, ...prefix] = SOURCES[name];
  const decoder = new TextDecoder(encoding);
  const lines = decoder
    .decode(Uint8Array.from(everyCell(prefix)))
    .split("\n")
    .slice(0, 94 * 94);
  return Uint16Array.from(lines, (text) => (text.length === 1 ? text.charCodeAt(0) : NOTHING));
}

/** Each cell of a set on a line of its own, so that one which is nothing does not take the next with it. */
function* everyCell(prefix: readonly number[]): Generator<number> {
  for (let row = 0; row < 94; row++) {
    for (let column = 0; column < 94; column++) yield* [...prefix, row + 0xa1, column + 0xa1, 0x0a];
  }
}

/** The character of a set at two 7-bit bytes. */
export function unitAt(set: CharacterSet, first: number, second: number): number {
  const isInside = first >= 0x21 && first <= 0x7e && second >= 0x21 && second <= 0x7e;
  return (isInside ? set[(first - 0x21) * 94 + second - 0x21] : undefined) ?? NOTHING;
}

/** A string of UTF-16 units, whatever the machine's byte order. */
export function textOfUnits(units: Uint16Array): string {
  const out: string[] = [];
  // As many arguments as any engine takes in a call.
  for (let from = 0; from < units.length; from += 8192)
    out.push(String.fromCharCode(...units.subarray(from, from + 8192)));
  return out.join("");
}
