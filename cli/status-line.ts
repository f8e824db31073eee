import { stat } from "node:fs/promises";
import type { Console } from "./output/console.ts";
import { progressLine } from "./output/progress.ts";
import type { Tally } from "./output/tally.ts";
import { isBucketPath } from "./sources/bucket.ts";
import { walk } from "./sources/walk.ts";

/** How often the line changes, in milliseconds. */
const INTERVAL = 100;

export interface StatusLine {
  /** Called as often as one likes. */
  show(): void;
  close(): void;
}

/** The progress of a run on a terminal, and nothing elsewhere. Files are measured beside the run, and only where it is seen. */
export function createStatusLine(
  paths: readonly string[],
  tally: Tally,
  console: Console,
  now: () => number = () => performance.now(),
): StatusLine {
  const columns = console.statusColumns;
  if (columns === undefined) return { show() {}, close() {} };
  const ended = new AbortController();
  const started = now();
  let shown = started;
  let totalBytes: number | undefined;
  void measure(paths, ended.signal).then((bytes) => {
    totalBytes = bytes;
  });
  return {
    show() {
      const time = now();
      if (time - shown < INTERVAL) return;
      shown = time;
      const { mails, bytes: doneBytes, outcomes } = tally;
      const matched = outcomes.size > 0 ? tally.matched : undefined;
      console.status(
        progressLine({ mails, matched, doneBytes, totalBytes, seconds: (time - started) / 1000 }, columns),
      );
    },
    close() {
      ended.abort();
      console.status();
    },
  };
}

/** The bytes of all files; `undefined` where they cannot be known beforehand. */
async function measure(paths: readonly string[], signal: AbortSignal): Promise<number | undefined> {
  if (paths.some(isBucketPath)) return undefined;
  let bytes = 0;
  for (const path of paths) {
    for (const found of walk(path)) {
      if (signal.aborted) return undefined;
      if (found.kind === "file") {
        bytes += await stat(found.path).then(
          ({ size }) => size,
          () => 0,
        );
      }
    }
  }
  return bytes;
}
