import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { unzipSync } from "fflate";
import type { Outcome, Report } from "../support/lambda-process.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { type Variant, variantFolder } from "./variants.ts";

const RUN = join(import.meta.dirname, "..", "support", "run-function.ts");

/**
 * Runs a function as it was packaged, unpacked from its zip, in a process of its own whose environment has nothing but what is given.
 *
 * @returns what it answered to each event, and what it wrote
 */
export async function runPackaged(
  variant: Variant["name"],
  name: string,
  given: { readonly env: Readonly<Record<string, string>>; readonly events: readonly unknown[] },
): Promise<{ readonly outcomes: readonly Outcome[]; readonly output: string }> {
  const folder = temporaryFolder();
  const zip = unzipSync(readFileSync(join(variantFolder(variant), `${name}.zip`)));
  for (const [file, content] of Object.entries(zip)) writeFileSync(join(folder, file), content);
  const child = spawn(process.execPath, [RUN, join(folder, `${name}.cjs`)], {
    cwd: "/",
    env: given.env,
    stdio: ["pipe", "pipe", "pipe", "ipc"],
  });
  let report: Report = { outcomes: [], peakMemory: 0 };
  child.on("message", (message) => {
    report = message as Report;
  });
  const { stdin, stdout, stderr } = child;
  if (stdin === null || stdout === null || stderr === null) throw new Error("expected a process with pipes");
  stdin.end(JSON.stringify(given.events));
  const [out, err] = await Promise.all([text(stdout), text(stderr), once(child, "close")]);
  return { outcomes: report.outcomes, output: out + err };
}
