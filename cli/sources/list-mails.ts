import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { open } from "node:fs/promises";
import { setImmediate } from "node:timers/promises";
import { reasonOf } from "../reason.ts";
import { beginsLikeAMail, HEAD_BYTES } from "./begins-like-a-mail.ts";
import { isBucketPath, listBucket } from "./bucket.ts";
import { fromLineEnd } from "./from-line.ts";
import { type MailRange, mailRanges } from "./mbox.ts";
import type { FilePath } from "./open-folder.ts";
import type { StoredMail } from "./stored-mail.ts";
import { type Found, walk } from "./walk.ts";

/** Enough for the first header block of most mails. */
const FIRST_LOOK_BYTES = 4_096;
/** Looking into files waits for nothing; after so many, signals and timers get their turn. */
const LOOKS_PER_TURN = 64;

export type SkipReason = "notAMail" | "linkedFolder" | "special";

/** What the listing of stored mails comes upon. */
export type Listed =
  | { readonly kind: "mail"; readonly mail: StoredMail }
  | { readonly kind: "skipped"; readonly source: string; readonly why: SkipReason; readonly bytes: number }
  | { readonly kind: "unreadable"; readonly source: string; readonly reason: string };

/**
 * Lists the mails at and below the paths, in order, one after the other as they are asked for; nothing is held but
 * the names of the folders that are open. With `all` every file is taken for a mail. Ends early when the signal says so.
 */
export async function* listMails(
  paths: readonly string[],
  { all, signal }: { readonly all: boolean; readonly signal: AbortSignal },
): AsyncGenerator<Listed> {
  let looks = 0;
  for (const path of paths) {
    if (isBucketPath(path)) {
      yield* mailsOfBucket(path, signal);
      continue;
    }
    for (const found of walk(path)) {
      looks += 1;
      if (looks % LOOKS_PER_TURN === 0) await setImmediate();
      if (signal.aborted) return;
      if (found.kind === "file") yield* mailsOf(found, all, signal);
      else yield found.kind === "skipped" ? { ...found, bytes: 0 } : found;
    }
  }
}

async function* mailsOfBucket(path: string, signal: AbortSignal): AsyncGenerator<Listed> {
  try {
    for await (const mail of listBucket(path)) {
      if (signal.aborted) return;
      yield { kind: "mail", mail };
    }
  } catch (error) {
    yield { kind: "unreadable", source: path, reason: reasonOf(error) };
  }
}

type FoundFile = Extract<Found, { kind: "file" }>;

async function* mailsOf(file: FoundFile, all: boolean, signal: AbortSignal): AsyncGenerator<Listed> {
  const { source, path } = file;
  try {
    const { size, isMail, firstMail } = lookAt(path);
    if (!(isMail || all || file.certainlyMail)) yield { kind: "skipped", source, why: "notAMail", bytes: size };
    else if (firstMail === undefined) yield { kind: "mail", mail: { source, path, start: 0, end: size } };
    else {
      for await (const range of mboxRanges(path, firstMail, signal)) {
        if (signal.aborted) return;
        const { start, end, number } = range;
        yield {
          kind: "mail",
          mail: { source: number === undefined ? source : `${source}#${number}`, path, start, end },
        };
      }
    }
  } catch (error) {
    if (!signal.aborted) yield { kind: "unreadable", source, reason: reasonOf(error) };
  }
}

/** What a file's beginning tells; `firstMail` is where the mail begins behind a `From ` line. */
function lookAt(path: FilePath): { size: number; isMail: boolean; firstMail: number | undefined } {
  const descriptor = openSync(path, "r");
  try {
    const { size } = fstatSync(descriptor);
    let head = readHead(descriptor, FIRST_LOOK_BYTES);
    let isMail = beginsLikeAMail(head);
    if (!isMail && size > FIRST_LOOK_BYTES) {
      head = readHead(descriptor, HEAD_BYTES);
      isMail = beginsLikeAMail(head);
    }
    return { size, isMail, firstMail: fromLineEnd(head) };
  } finally {
    closeSync(descriptor);
  }
}

function readHead(descriptor: number, bytes: number): Buffer {
  const head = Buffer.allocUnsafe(bytes);
  return head.subarray(0, readSync(descriptor, head, 0, bytes, 0));
}

async function* mboxRanges(path: FilePath, firstMail: number, signal: AbortSignal): AsyncGenerator<MailRange> {
  const file = await open(path, "r");
  try {
    yield* mailRanges(async (position, into) => {
      signal.throwIfAborted();
      return (await file.read(into, 0, into.length, position)).bytesRead;
    }, firstMail);
  } finally {
    await file.close();
  }
}
