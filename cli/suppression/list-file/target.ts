import { statSync } from "node:fs";
import { type FileHandle, open, rename, rm } from "node:fs/promises";
import type { Console } from "../../output/console.ts";
import { reasonOf } from "../../reason.ts";

/** Where a list is written. */
export interface ListTarget {
  /** @returns false when nobody reads it any more */
  write(text: string): Promise<boolean>;
  /** @param isWhole whether all was written; else the file that was there before stays */
  close(isWhole: boolean): Promise<void>;
}

/**
 * Opens a file, or (`-`) standard output, for a list. A file is written beside the one that it replaces in the end, so that nobody reads half a
 * list.
 */
export async function openListTarget(file: string, console: Console): Promise<ListTarget> {
  if (file === "-") return { write: (text) => console.print(text), close: async () => {} };
  if (isSpecial(file)) return directly(await openFile(file, file));
  const part = `${file}.${process.pid}.part`;
  const handle = await openFile(part, file);
  return {
    ...directly(handle),
    async close(isWhole) {
      await handle.close();
      await (isWhole ? rename(part, file) : rm(part, { force: true }));
    },
  };
}

function directly(handle: FileHandle): ListTarget {
  return {
    async write(text) {
      await handle.writeFile(text);
      return true;
    },
    close: () => handle.close(),
  };
}

async function openFile(path: string, file: string): Promise<FileHandle> {
  try {
    return await open(path, "w");
  } catch (error) {
    throw new Error(`cannot write ${file}: ${reasonOf(error)}`, { cause: error });
  }
}

/** A pipe or a device, which must not be replaced by a file. */
function isSpecial(file: string): boolean {
  const found = statSync(file, { throwIfNoEntry: false });
  return found !== undefined && !found.isFile();
}
