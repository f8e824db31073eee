import type { Clock } from "./ports.ts";

/** The machine's clock, for composition roots: the domain is given the time. */
export const systemClock: Clock = { now: () => new Date().toISOString() };
