import type { Zip } from "./zip-functions.ts";

/** Kilobytes that a zip may have at most: each is loaded at every cold start. */
const BUDGET: Readonly<Record<string, number>> = {
  "process-mail": 900,
  "screen-mail": 350,
  "record-bounce": 350,
  "record-complaint": 350,
};

const kilobytes = (bytes: number) => Math.ceil(bytes / 1024);
const column = (bytes: number) => `${kilobytes(bytes)} KB`.padStart(9);

/** The sizes for a person. */
export function sizeTable(zips: readonly Zip[]): string {
  return [
    `${"function".padEnd(20)}${"size".padStart(9)}${"zipped".padStart(9)}`,
    ...zips.map(({ name, bundled, zipped }) => `${name.padEnd(20)}${column(bundled)}${column(zipped)}`),
  ].join("\n");
}

/** Says which zips are too large. */
export function overBudget(zips: readonly Zip[]): string[] {
  return zips.flatMap(({ name, zipped }) => {
    const most = BUDGET[name];
    if (most === undefined) return [`${name}: has no budget in scripts/functions/sizes.ts`];
    return kilobytes(zipped) <= most
      ? []
      : [`${name}: expected at most ${most} KB zipped, got ${kilobytes(zipped)} KB`];
  });
}
