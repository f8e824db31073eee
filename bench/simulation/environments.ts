import { type LevelMeter, levelMeter } from "./meters.ts";
import { rateLimit } from "./rate-limit.ts";
import type { Lambda } from "./scenario.ts";

/** How a run gets an environment; or why it gets none. */
type Granted = "warm" | "cold" | "concurrency" | "scaleUp";

/** The environments of a function. */
export interface Environments {
  readonly take: (now: number) => Granted;
  readonly release: (now: number) => void;
  /** When the next environment may be made. */
  readonly nextAt: (now: number) => number;
  readonly busy: LevelMeter;
  /** When a run first found all concurrency in use. */
  readonly fullAt: () => number | undefined;
  readonly scaleUp: { readonly used: () => number; readonly metAt: () => number | undefined };
}

export function environments({ concurrency, scaleUp, idle, warm }: Lambda): Environments {
  const busy = levelMeter();
  const growth = rateLimit(scaleUp);
  /** Since when each is idle, oldest first; the one that was used last is used first. */
  const idleSince: number[] = Array(warm).fill(0);
  let oldest = 0;
  let fullAt: number | undefined;

  const takeIdle = (now: number): boolean => {
    while (oldest < idleSince.length && now - (idleSince[oldest] ?? 0) > idle) oldest++;
    if (oldest < idleSince.length) return idleSince.pop() !== undefined;
    [idleSince.length, oldest] = [0, 0];
    return false;
  };

  return {
    take(now) {
      if (busy.level() >= concurrency) {
        fullAt ??= now;
        return "concurrency";
      }
      const granted = takeIdle(now) ? "warm" : growth.take(now, 1, 0) === undefined ? "scaleUp" : "cold";
      if (granted !== "scaleUp") busy.change(now, 1);
      return granted;
    },
    release(now) {
      busy.change(now, -1);
      idleSince.push(now);
    },
    nextAt: (now) => now + growth.until(now, 1),
    busy,
    fullAt: () => fullAt,
    scaleUp: growth,
  };
}
