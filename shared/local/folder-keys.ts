import type { Dirent } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";

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
  const entries = await entriesOf(join(directory, folder));
  for (const name of inByteOrder(entries.flatMap(nameOf))) {
    const key = folder + name;
    if (!name.endsWith("/")) {
      if (key.startsWith(prefix)) yield key;
    } else if (key.startsWith(prefix) || prefix.startsWith(key)) yield* keysBelow(directory, key, prefix);
  }
}

/** A folder sorts by its name with the slash, which stands in its keys too: `a.1` comes before `a/1`. */
function inByteOrder(names: readonly string[]): string[] {
  const withBytes = names.map((name) => ({ name, bytes: Buffer.from(name) }));
  return withBytes.sort((a, b) => Buffer.compare(a.bytes, b.bytes)).map(({ name }) => name);
}

function nameOf(entry: Dirent): string[] {
  if (entry.isDirectory()) return [`${entry.name}/`];
  return entry.isFile() && !entry.name.startsWith(UNFINISHED) ? [entry.name] : [];
}

async function entriesOf(folder: string): Promise<Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if (error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR")) return [];
    throw error;
  }
}
