import { mkdirSync } from "node:fs";
import { resolve } from "node:path";
import { json } from "node:stream/consumers";
import { MailroomError } from "../shared/errors.ts";
import { bundleFunctions, FUNCTIONS } from "./functions/bundle.ts";
import { checkContents } from "./functions/check-contents.ts";
import { checkStarts } from "./functions/check-starts.ts";
import { packStage } from "./functions/pack-stage.ts";
import { overBudget, sizeTable } from "./functions/sizes.ts";
import { zipFunctions } from "./functions/zip-functions.ts";
import { readStageSettings } from "./stage/read-settings.ts";
import type { StageSettings } from "./stage/settings-schema.ts";
import { warningsAbout } from "./stage/warnings.ts";

// Packages the functions of a stage: one zip each, with the stage's rules beside the code. Called by infra/plugin.cjs, with the stage's settings as JSON
// on standard input; `npm run package` is the way to it.

const outdir = resolve(import.meta.dirname, "..", "build", "functions");

try {
  const settings = readStageSettings(await json(process.stdin));
  for (const warning of warningsAbout(settings)) console.error(`Note: ${warning}`);
  const failures = await packageFunctions(settings);
  if (failures.length > 0) fail(failures.join("\n"));
} catch (error) {
  if (!(error instanceof MailroomError)) throw error;
  fail(error.message);
}

/** @returns what is wrong with what was made */
async function packageFunctions({ stage, topics, folder }: StageSettings): Promise<string[]> {
  const metafile = await bundleFunctions(outdir);
  packStage(stage, topics, outdir);
  const wrong = [...checkContents(metafile), ...checkStarts(outdir, topics)];
  if (wrong.length > 0) return wrong;
  mkdirSync(folder, { recursive: true });
  const zips = zipFunctions(FUNCTIONS, outdir, folder);
  console.log(sizeTable(zips));
  return overBudget(zips);
}

function fail(message: string): void {
  console.error(message);
  process.exitCode = 1;
}
