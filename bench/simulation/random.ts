/** Chance that repeats itself: numbers from 0 up to, but not including, 1. */
export type Random = () => number;

/** The generator sfc32: 128 bits of state, more than enough for the hundreds of millions of numbers that a run draws. */
export function seededRandom(seed: number, stream: number): Random {
  let [a, b, c, counter] = [seed >>> 0, stream >>> 0, 0x9e3779b9, 1];
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return sum >>> 0;
  };
  // The first numbers still look like the seed.
  for (let warmUp = 0; warmUp < 16; warmUp++) next();
  return () => next() / 2 ** 32;
}

/** A time until something that happens so often in a second: exponentially distributed. */
export function exponential(rate: number, random: Random): number {
  return -Math.log(1 - random()) / rate;
}
