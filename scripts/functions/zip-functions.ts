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

export interface Zip {
  readonly name: string;
  /** Bytes. */
  readonly bundled: number;
  readonly zipped: number;
}

/** Writes `NAME.zip` of each function: its bundle, and what lies beside it in the same folder. */
export function zipFunctions(names: readonly string[], from: string, to: string): Zip[] {
  return names.map((name) => {
    const files = [`${name}.cjs`, ...(BESIDE[name] ?? [])].map((file) => join(from, file));
    const content = Object.fromEntries(files.map((file) => [basename(file), new Uint8Array(readFileSync(file))]));
    const zip = zipSync(content, { level: 9, mtime: MTIME });
    writeFileSync(join(to, `${name}.zip`), zip);
    return { name, bundled: content[`${name}.cjs`]?.length ?? 0, zipped: zip.length };
  });
}
