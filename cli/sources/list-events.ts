import { closeSync, openSync, readSync } from "node:fs";
import { setImmediate } from "node:timers/promises";
import { reasonOf } from "../reason.ts";
import { eventTexts } from "./event-texts.ts";
import type { FilePath } from "./open-folder.ts";
import { walk } from "./walk.ts";

export type EventSkipReason = "notJson" | "linkedFolder" | "special";

/** What the listing of stored events comes upon. */
export type ListedEvent =
  | {
      readonly kind: "event";
      /** The file, and `#` with the number of the line where each line is an event. */
      readonly source: string;
      readonly text: string;
    }
  | { readonly kind: "skipped"; readonly source: string; readonly why: EventSkipReason }
  | { readonly kind: "unreadable"; readonly source: string; readonly reason: string };

/**
 * Lists the events in the files at and below the paths, in order, as they are asked for. A file that is named is taken whatever it holds, of
 * a folder every file that begins like JSON, whatever its name. Ends early when the signal says so.
 */
export async function* listEvents(paths: readonly string[], signal: AbortSignal): AsyncGenerator<ListedEvent> {
  for (const path of paths) {
    for (const found of walk(path)) {
      // Walking and looking wait for nothing: signals get their turn.
      await setImmediate();
      if (signal.aborted) return;
      if (found.kind === "file") yield* eventsOf(found.source, found.path, found.source === path, signal);
      else yield found;
    }
  }
}

async function* eventsOf(
  source: string,
  path: FilePath,
  isNamed: boolean,
  signal: AbortSignal,
): AsyncGenerator<ListedEvent> {
  try {
    if (!isNamed && !beginsLikeJson(path)) {
      yield { kind: "skipped", source, why: "notJson" };
      return;
    }
    for await (const { line, text } of eventTexts(path)) {
      if (signal.aborted) return;
      yield { kind: "event", source: line === undefined ? source : `${source}#${line}`, text };
    }
  } catch (error) {
    yield { kind: "unreadable", source, reason: reasonOf(error) };
  }
}

/** Bytes: room for a byte order mark and white space. */
const LOOK_BYTES = 512;

/** Whether a file begins with an object or an array. */
function beginsLikeJson(path: FilePath): boolean {
  const descriptor = openSync(path, "r");
  try {
    const head = Buffer.alloc(LOOK_BYTES);
    const length = readSync(descriptor, head, 0, LOOK_BYTES, 0);
    return /^[{[]/.test(head.toString("utf8", 0, length).trimStart());
  } finally {
    closeSync(descriptor);
  }
}
