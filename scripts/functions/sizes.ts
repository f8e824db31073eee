import type { Bundle } from "./modules.ts";
import type { Zip } from "./zip-functions.ts";

interface Budget {
  readonly bundled: number;
  readonly zipped: number;
}

/**
 * Kilobytes that a bundle and its zip may have at most: what they had when this was written, and a twentieth. Each is loaded and compiled at every
 * cold start.
 */
const BUDGET: Readonly<Record<string, Budget>> = {
  "process-mail": { bundled: 1630, zipped: 557 },
  "screen-mail": { bundled: 915, zipped: 298 },
  "record-bounce": { bundled: 444, zipped: 147 },
  "record-complaint": { bundled: 444, zipped: 147 },
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

/** What takes the room in a bundle, for a person. */
export function moduleTable(name: string, { bytes, modules }: Bundle, most: number): string {
  return [
    `${name.padEnd(20)}${column(bytes)}`,
    ...modules.slice(0, most).map((module) => {
      const share = `${((100 * module.bytes) / bytes).toFixed(1)} %`.padStart(9);
      return `${column(module.bytes)}${share}  ${module.path.replace(/^.*node_modules\//, "")}`;
    }),
  ].join("\n");
}

/** Says which bundles and zips are too large. */
export function overBudget(zips: readonly Zip[]): string[] {
  return zips.flatMap(({ name, bundled, zipped, beside }) => {
    const most = BUDGET[name];
    if (most === undefined) return [`${name}: has no budget in scripts/functions/sizes.ts`];
    return [
      ...over(`${name}: expected at most ${most.bundled} KB`, bundled, most.bundled),
      // A stage's rules are as large as they are.
      ...over(`${name}: expected at most ${most.zipped} KB zipped`, zipped - beside, most.zipped),
    ];
  });
}

function over(expected: string, bytes: number, most: number): string[] {
  return kilobytes(bytes) <= most ? [] : [`${expected}, got ${kilobytes(bytes)} KB`];
}
