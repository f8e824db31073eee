import { closeSync, createReadStream, openSync, readSync } from "node:fs";
import type { Readable } from "node:stream";
import { type BucketMail, openBucketMail } from "./bucket.ts";
import type { FilePath } from "./open-folder.ts";

/** One mail of a file: its bytes from `start` up to `end`. It can be handed to a worker. */
interface FileMail {
  /** The argument as it was typed, joined with the path below it, and `#n` for the nth mail of an mbox. */
  readonly source: string;
  readonly path: FilePath | Uint8Array;
  readonly start: number;
  readonly end: number;
}

export type StoredMail = FileMail | BucketMail;

/** Up to here a mail is read at once, which for small mails is several times faster than a stream. */
const READ_AT_ONCE_BYTES = 262_144;

/** The raw bytes of a mail, and how many they are, where that is known. */
export interface OpenedBytes {
  readonly raw: Uint8Array | Readable;
  readonly size: number | undefined;
}

/** Opens the raw bytes of a mail: in one piece when it is small, else as a stream, so that memory stays flat. */
export async function openStoredMail(mail: StoredMail): Promise<OpenedBytes> {
  if ("bucket" in mail) return openBucketMail(mail);
  const { path, start, end } = mail;
  // A Buffer comes out of a message to a worker as a Uint8Array.
  const file = typeof path === "string" ? path : Buffer.from(path);
  const size = end - start;
  const raw =
    size > READ_AT_ONCE_BYTES ? createReadStream(file, { start, end: end - 1 }) : readRange(file, start, size);
  return { raw, size };
}

/** Bytes that need not be asked for: 0 where they are not known. */
export function knownBytes(mail: StoredMail): number {
  return "bucket" in mail ? 0 : mail.end - mail.start;
}

/** Fewer bytes than asked for when the file has become shorter. */
function readRange(path: FilePath, start: number, length: number): Uint8Array {
  const descriptor = openSync(path, "r");
  try {
    const bytes = Buffer.alloc(length);
    let filled = 0;
    for (let got = -1; got !== 0 && filled < length; filled += got) {
      got = readSync(descriptor, bytes, filled, length - filled, start + filled);
    }
    return bytes.subarray(0, filled);
  } finally {
    closeSync(descriptor);
  }
}
