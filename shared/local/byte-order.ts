import type { Dirent } from "node:fs";

/**
 * The entries of a folder in the byte order of the paths below it, which is the order that S3 lists in: the same on every
 * machine, whatever order the file system keeps. A folder counts with the slash that follows its name: `a.1` comes before `a/1`.
 */
export function inByteOrder(entries: readonly Dirent<Buffer>[]): Dirent<Buffer>[] {
  return entries
    .map((entry) => ({ entry, order: byteString(entry) }))
    .sort((a, b) => (a.order < b.order ? -1 : 1))
    .map(({ entry }) => entry);
}

/** The name with one character a byte, and the slash of a folder: comparing these strings compares bytes. */
export function byteString(entry: Dirent<Buffer>): string {
  return `${entry.name.toString("latin1")}${entry.isDirectory() ? "/" : ""}`;
}
