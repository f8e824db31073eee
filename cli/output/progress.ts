import { count, plural } from "./count.ts";

/** How far a run is. `totalBytes` is unknown until all files have been measured. */
export interface Progress {
  readonly mails: number;
  readonly matched: number | undefined;
  readonly doneBytes: number;
  readonly totalBytes: number | undefined;
  readonly seconds: number;
}

const BAR_CELLS = 24;

/** One status line, no wider than the terminal: a bar where the end is known, and how fast it goes. */
export function progressLine({ mails, matched, doneBytes, totalBytes, seconds }: Progress, columns: number): string {
  const share = totalBytes ? Math.min(1, doneBytes / totalBytes) : undefined;
  const parts = [
    share === undefined ? undefined : `${bar(share)} ${Math.floor(share * 100)} %`,
    plural(mails, "mail"),
    matched === undefined ? undefined : `${count(matched)} matched`,
    seconds > 0 ? `${count(Math.round(mails / seconds))} mails/s` : undefined,
    share && share < 1 ? `${duration((seconds / share) * (1 - share))} left` : undefined,
  ];
  return parts
    .filter((part) => part !== undefined)
    .join("  ")
    .slice(0, Math.max(0, columns - 1));
}

function bar(share: number): string {
  const full = Math.floor(share * BAR_CELLS);
  return "█".repeat(full) + "░".repeat(BAR_CELLS - full);
}

function duration(seconds: number): string {
  return seconds < 90 ? `${Math.ceil(seconds)} s` : `${Math.ceil(seconds / 60)} min`;
}
