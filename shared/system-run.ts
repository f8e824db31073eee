import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { systemClock } from "./system-clock.ts";

/** Time, patience and names, of this machine. */
export const systemRun = { clock: systemClock, sleep, newRunId: randomUUID } as const;
