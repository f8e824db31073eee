import { open } from "node:fs/promises";
import { addAbortSignal, type Readable } from "node:stream";
import { reasonOf } from "../../reason.ts";

/** Bytes that are read at once. */
const CHUNK = 256 * 1024;

/** Opens a file, or (`-`) standard input, to read a list. When the signal is aborted, reading fails. */
export async function openListSource(file: string, signal: AbortSignal): Promise<Readable> {
  if (file === "-") return addAbortSignal(signal, process.stdin);
  try {
    const handle = await open(file);
    const isFolder = (await handle.stat()).isDirectory();
    const stream = handle.createReadStream({ highWaterMark: CHUNK });
    if (!isFolder) return addAbortSignal(signal, stream);
    stream.destroy();
  } catch (error) {
    throw new Error(`cannot read ${file}: ${reasonOf(error)}`, { cause: error });
  }
  throw new Error(`cannot read ${file}: expected a file, got a folder`);
}
