import { bundleFunctions, FUNCTIONS } from "./functions/bundle.ts";
import { inTemporaryFolder } from "./functions/in-temporary-folder.ts";
import { bundleOf } from "./functions/modules.ts";
import { moduleTable } from "./functions/sizes.ts";

// Says how large each function's bundle is, and which modules take the most of it: `npm run bundle-report`.

const MOST = 10;

const metafile = await inTemporaryFolder(bundleFunctions);
console.log(FUNCTIONS.map((name) => moduleTable(name, bundleOf(metafile, name), MOST)).join("\n\n"));
