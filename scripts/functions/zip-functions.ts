import { readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { zipSync } from "fflate";

/** What lies beside which function. */
const BESIDE: Readonly<Record<string, readonly string[]>> = {
  "process-mail": ["rules.json", "suppression.json"],
  "screen-mail": ["rules.json"],
  "record-bounce": ["suppression.json"],
  "record-complaint": ["suppression.json"],
};

/** Always the same, so that the same code is the same zip, and nothing is deployed that has not changed. ZIP knows no time before. */
const MTIME = new Date(1980, 0, 1);

/** A function's zip, in bytes. */
export interface Zip {
  readonly name: string;
  /** The bundle. */
  readonly bundled: number;
  readonly zipped: number;
  /** What lies beside the bundle, before it is zipped. */
  readonly beside: number;
}

/** Writes `NAME.zip` of each function: its bundle, and what lies beside it in the same folder. */
export function zipFunctions(names: readonly string[], from: string, to: string): Zip[] {
  return names.map((name) => {
    const files = [`${name}.cjs`, ...(BESIDE[name] ?? [])].map((file) => join(from, file));
    const content = Object.fromEntries(files.map((file) => [basename(file), new Uint8Array(readFileSync(file))]));
    const zip = zipSync(content, { level: 9, mtime: MTIME });
    writeFileSync(join(to, `${name}.zip`), zip);
    const [bundled = 0, ...beside] = Object.values(content).map(({ length }) => length);
    return { name, bundled, zipped: zip.length, beside: beside.reduce((sum, length) => sum + length, 0) };
  });
}
