import type { ListEntry } from "./entry.ts";
import type { EntryReader } from "./format.ts";
import { readLines } from "./lines.ts";

/** An entry of a file, or what is wrong with its line. */
export type ReadEntry =
  | { readonly line: number; readonly entry: ListEntry }
  | { readonly line: number; readonly problem: string };

/** The entries of a file in groups of `size` at most. Lines that hold nothing are passed over. */
export async function* readEntries(
  source: AsyncIterable<Uint8Array>,
  reader: EntryReader,
  size: number,
): AsyncGenerator<readonly ReadEntry[]> {
  let group: ReadEntry[] = [];
  for await (const line of readLines(source)) {
    const read = "problem" in line ? line.problem : reader(line.text);
    if (read === undefined) continue;
    group.push(typeof read === "string" ? { line: line.number, problem: read } : { line: line.number, entry: read });
    if (group.length < size) continue;
    yield group;
    group = [];
  }
  if (group.length > 0) yield group;
}
