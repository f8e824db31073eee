/** How often something happens: in all, and in the second in which it happens most. */
export interface RateMeter {
  readonly add: (at: number, units?: number) => void;
  readonly total: () => number;
  readonly peak: () => number;
}

export function rateMeter(): RateMeter {
  const inSecond: number[] = [];
  return {
    add(at, units = 1) {
      const second = Math.floor(at);
      inSecond[second] = (inSecond[second] ?? 0) + units;
    },
    total: () => inSecond.reduce((sum, units) => sum + units, 0),
    peak: () => inSecond.reduce((most, units) => Math.max(most, units), 0),
  };
}

/** How many of something there are, and for how long. */
export interface LevelMeter {
  readonly change: (now: number, by: 1 | -1) => void;
  readonly level: () => number;
  /** Of the time from 0 to `end`. */
  readonly summary: (end: number) => Level;
}

export interface Level {
  readonly mean: number;
  /** For 99 % of the time there are no more. */
  readonly p99: number;
  readonly peak: number;
}

export function levelMeter(): LevelMeter {
  const secondsAt: number[] = [];
  let [level, since, peak] = [0, 0, 0];
  const pass = (now: number): void => {
    secondsAt[level] = (secondsAt[level] ?? 0) + now - since;
    since = now;
  };
  return {
    change(now, by) {
      pass(now);
      level += by;
      peak = Math.max(peak, level);
    },
    level: () => level,
    summary(end) {
      pass(end);
      const mean = secondsAt.reduce((sum, seconds = 0, many) => sum + many * seconds, 0) / end;
      let left = 0.01 * end;
      let p99 = secondsAt.length - 1;
      for (; p99 > 0; p99--) {
        left -= secondsAt[p99] ?? 0;
        if (left < 0) break;
      }
      return { mean, p99, peak };
    },
  };
}

/** Values of which there is one for each mail. */
export interface Samples {
  readonly add: (value: number) => void;
  readonly summary: () => Summary;
}

export interface Summary {
  readonly count: number;
  readonly mean: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

export function samples(): Samples {
  let values = new Float64Array(1_024);
  let count = 0;
  return {
    add(value) {
      if (count === values.length) {
        const more = new Float64Array(2 * count);
        more.set(values);
        values = more;
      }
      values[count++] = value;
    },
    summary() {
      const sorted = values.subarray(0, count).toSorted();
      const at = (share: number): number => sorted[Math.max(0, Math.ceil(share * count) - 1)] ?? 0;
      const mean = count === 0 ? 0 : sorted.reduce((sum, value) => sum + value, 0) / count;
      return { count, mean, p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) };
    },
  };
}
