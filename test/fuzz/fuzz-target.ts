import type fc from "fast-check";

/** Something that reads what strangers or users write, and what must hold of it whatever they write. */
export interface FuzzTarget<Input> {
  readonly name: string;
  /** What must hold, as a sentence about one of them. */
  readonly promise: string;
  readonly inputs: fc.Arbitrary<Input>;
  /** @throws {FuzzFault} when what must hold does not; whatever else it throws is a fault too */
  holds(input: Input): Promise<void>;
  readonly spent: Spent;
  /** The input as its reader gets it. */
  bytes(input: Input): Uint8Array;
}

/** What reading has cost. */
export interface Spent {
  /** Bytes in all. */
  readonly bytes: number;
  /** Of CPU, in all. */
  readonly seconds: number;
  /** Of CPU, for the reading that took most. */
  readonly slowest: number;
}

/** Counts what reading costs. */
export function createMeter(): {
  readonly spent: Spent;
  time<Read>(bytes: number, read: () => Promise<Read>): Promise<Read>;
} {
  const spent = { bytes: 0, seconds: 0, slowest: 0 };
  return {
    spent,
    async time(bytes, read) {
      const start = process.cpuUsage();
      try {
        return await read();
      } finally {
        const { user, system } = process.cpuUsage(start);
        const seconds = (user + system) / 1e6;
        spent.bytes += bytes;
        spent.seconds += seconds;
        spent.slowest = Math.max(spent.slowest, seconds);
      }
    },
  };
}

export class FuzzFault extends Error {
  override readonly name = "FuzzFault";
}

/** @throws {FuzzFault} when there are any faults */
export function none(faults: readonly string[]): void {
  if (faults.length > 0) throw new FuzzFault(faults.join("; "));
}
