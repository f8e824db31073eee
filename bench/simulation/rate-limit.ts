/** So much a second, and so much at once after a quiet time. */
export interface Rate {
  readonly perSecond: number;
  readonly atOnce: number;
}

/** A service that takes no more than so many requests a second. */
export interface RateLimit {
  /**
   * Asks for so many units; times never go back.
   *
   * @param patience seconds that the caller goes on trying
   * @returns seconds until it is served, one after the other; `undefined`, and nothing is taken, when that is longer than its patience
   */
  readonly take: (now: number, units: number, patience: number) => number | undefined;
  /** Seconds until so many units are there at once. */
  readonly until: (now: number, units: number) => number;
  /** The largest share of `atOnce` that was ever gone, 1 when somebody had to wait. */
  readonly used: () => number;
  /** When somebody first had to wait, or was refused. */
  readonly metAt: () => number | undefined;
}

/** Seconds that sums of times are wrong by. Who comes back when it was told to come must not be told to wait. */
const ROUNDING = 1e-9;

/** A bucket of tokens that may be owed. */
export function rateLimit({ perSecond, atOnce }: Rate): RateLimit {
  let tokens = atOnce;
  let least = atOnce;
  let filledAt = 0;
  let metAt: number | undefined;

  const waitFor = (now: number, units: number): number => {
    if (perSecond === Number.POSITIVE_INFINITY) return 0;
    tokens = Math.min(atOnce, tokens + (now - filledAt) * perSecond);
    filledAt = now;
    const wait = (units - tokens) / perSecond;
    return wait > ROUNDING ? wait : 0;
  };

  return {
    take(now, units, patience) {
      const wait = waitFor(now, units);
      if (wait > 0) metAt ??= now;
      if (wait > patience) return undefined;
      tokens -= units;
      least = Math.min(least, tokens);
      return wait;
    },
    until: waitFor,
    used: () => (metAt !== undefined ? 1 : perSecond === Number.POSITIVE_INFINITY ? 0 : (atOnce - least) / atOnce),
    metAt: () => metAt,
  };
}
