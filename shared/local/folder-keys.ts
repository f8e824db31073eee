import type { Dirent } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { errorCode } from "../errors.ts";
import { inByteOrder } from "./byte-order.ts";

/** How the name of a file begins that is being written; it is not a mail yet. */
export const UNFINISHED = ".mailroom-unfinished-";

/**
 * Keys of the files below a folder that begin with `prefix`, in ascending byte order, as S3 lists them. A folder that
 * does not exist has none. Symbolic links are left out: they may lead out of the folder, or in circles.
 */
export function folderKeys(directory: string, prefix: string): AsyncIterable<string> {
  return keysBelow(directory, "", prefix);
}

async function* keysBelow(directory: string, folder: string, prefix: string): AsyncGenerator<string> {
  for (const entry of inByteOrder(await entriesOf(join(directory, folder)))) {
    const key = `${folder}${entry.name}`;
    if (entry.isDirectory()) {
      const below = `${key}/`;
      if (below.startsWith(prefix) || prefix.startsWith(below)) yield* keysBelow(directory, below, prefix);
    } else if (isMail(entry) && key.startsWith(prefix)) yield key;
  }
}

function isMail(entry: Dirent<Buffer>): boolean {
  return entry.isFile() && !entry.name.toString().startsWith(UNFINISHED);
}

async function entriesOf(folder: string): Promise<Dirent<Buffer>[]> {
  try {
    return await readdir(folder, { withFileTypes: true, encoding: "buffer" });
  } catch (error) {
    const code = errorCode(error);
    if (code === "ENOENT" || code === "ENOTDIR") return [];
    throw error;
  }
}
