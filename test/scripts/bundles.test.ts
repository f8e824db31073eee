import { describe, expect, test } from "vitest";
import { bundleFunctions, FUNCTIONS } from "../../scripts/functions/bundle.ts";
import { checkContents, checkModules } from "../../scripts/functions/check-contents.ts";
import { bundleOf } from "../../scripts/functions/modules.ts";
import { packStage } from "../../scripts/functions/pack-stage.ts";
import { moduleTable, overBudget } from "../../scripts/functions/sizes.ts";
import { zipFunctions } from "../../scripts/functions/zip-functions.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

test("the functions' bundles are no larger than their budget, and hold nothing twice and nothing that is not used", async () => {
  const folder = temporaryFolder();
  const metafile = await bundleFunctions(folder);
  packStage("dev", ["default", "operator", "oncall"], folder);
  expect(overBudget(zipFunctions(FUNCTIONS, folder, folder))).toEqual([]);
  expect(checkContents(metafile)).toEqual([]);
});

describe("what is in a bundle that must not be is named", () => {
  const zod = "node_modules/zod/v4";
  test.each([
    ["a package that the function has no use for", ["node_modules/he/he.js"], "he is in the bundle"],
    ["the languages of zod", ["en", "de", "fr"].map((name) => `${zod}/locales/${name}.js`), "2 languages of zod"],
    [
      "a package that another brought along again",
      ["node_modules/entities/a.js", "node_modules/htmlparser2/node_modules/entities/b.js"],
      "node_modules/entities and node_modules/htmlparser2/node_modules/entities are the same",
    ],
    [
      "a package that is imported and required",
      ["node_modules/libmime/dist/cjs/libmime.js", "node_modules/libmime/dist/esm/libmime.js"],
      "node_modules/libmime/dist/cjs/libmime.js and node_modules/libmime/dist/esm/libmime.js are the same",
    ],
    [
      "a module in two forms side by side",
      ["node_modules/@a/b/index.js", "node_modules/@a/b/index.mjs"],
      "node_modules/@a/b/index.js and node_modules/@a/b/index.mjs are the same",
    ],
  ])("%s", (_, paths, words) => {
    const found = checkModules(
      "process-mail",
      paths.map((path) => ({ path, bytes: 1000 })),
    );
    expect(found).toEqual([expect.stringContaining(`process-mail: ${words}`)]);
  });

  test.each([
    ["zod's English", [`${zod}/locales/en.js`, `${zod}/locales/index.js`]],
    ["packages of one scope", ["node_modules/@smithy/core/index.js", "node_modules/@smithy/types/index.js"]],
    ["files of one name", [`${zod}/core/schemas.js`, `${zod}/mini/schemas.js`, "shared/a/schemas.ts"]],
  ])("and not %s", (_, paths) => {
    const modules = paths.map((path) => ({ path, bytes: 1000 }));
    expect(checkModules("process-mail", modules)).toEqual([]);
  });
});

test("the largest modules of a bundle are listed with their share", () => {
  const inputs = {
    "shared/a.ts": { bytesInOutput: 1024 },
    "node_modules/b/node_modules/@c/d/e.js": { bytesInOutput: 6144 },
    "node_modules/f/g.js": { bytesInOutput: 512 },
  };
  const output = { bytes: 10_240, inputs, imports: [], exports: [] };
  const bundle = bundleOf({ inputs: {}, outputs: { "build/screen-mail.cjs": output } }, "screen-mail");
  expect(moduleTable("screen-mail", bundle, 2).split("\n")).toEqual([
    "screen-mail             10 KB",
    "     6 KB   60.0 %  @c/d/e.js",
    "     1 KB   10.0 %  shared/a.ts",
  ]);
});
