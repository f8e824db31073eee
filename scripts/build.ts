import { resolve } from "node:path";
import { bundleFunctions, FUNCTIONS } from "./functions/bundle.ts";
import { checkContents } from "./functions/check-contents.ts";
import { checkStarts } from "./functions/check-starts.ts";
import { inTemporaryFolder } from "./functions/in-temporary-folder.ts";
import { packStage } from "./functions/pack-stage.ts";
import { overBudget, sizeTable } from "./functions/sizes.ts";
import { zipFunctions } from "./functions/zip-functions.ts";

// Bundles every function to build/functions/NAME.cjs, checks what came into each, starts each once, as Lambda would, and holds their zips to a budget:
// `npm run build`. The rules beside them are those of the stage dev.

/** As serverless.yml has them. */
const TOPICS = ["default", "oncall", "operator", "security"];

const outdir = resolve(import.meta.dirname, "..", "build", "functions");

const metafile = await bundleFunctions(outdir);
packStage("dev", TOPICS, outdir);
const zips = await inTemporaryFolder(async (folder) => zipFunctions(FUNCTIONS, outdir, folder));
const failures = [...checkContents(metafile), ...checkStarts(outdir, TOPICS), ...overBudget(zips)];
console.log(sizeTable(zips));
if (failures.length > 0) {
  console.error(failures.join("\n"));
  process.exitCode = 1;
}
