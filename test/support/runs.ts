import type { RunPorts } from "../../shared/inbound/claim-mail.ts";

/** A clock that stands still unless it is moved, and sleeping that moves it. Runs are named in the order of their start. */
export function runsFrom(start = "2026-11-24T08:00:00.000Z"): Omit<RunPorts, "mailLog"> & {
  advance(milliseconds: number): void;
} {
  let now = Date.parse(start);
  let runs = 0;
  const advance = (milliseconds: number): void => {
    now += milliseconds;
  };
  return {
    advance,
    clock: { now: () => new Date(now).toISOString() },
    sleep: async (milliseconds) => advance(milliseconds),
    newRunId: () => `run-${++runs}`,
  };
}
