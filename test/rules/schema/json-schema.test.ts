import { readFile } from "node:fs/promises";
import { build } from "esbuild";
import { expect, test } from "vitest";
import { rulesJsonSchema } from "../../../shared/rules/schema/json-schema.ts";

test("samples/rules.schema.json is what `npm run schemas` writes", async () => {
  const written = await readFile(new URL("../../../samples/rules.schema.json", import.meta.url), "utf8");
  expect(JSON.parse(written)).toEqual(rulesJsonSchema());
});

test("the schema has the short forms, the words, and a description of every condition", () => {
  const schema = JSON.parse(JSON.stringify(rulesJsonSchema()));
  const { condition } = schema.$defs;
  expect(
    Object.values(condition.properties).filter((property) => !JSON.stringify(property).includes('"description"')),
  ).toEqual([]);
  expect(condition.properties.keywords.anyOf).toMatchObject([{ $ref: "#/$defs/keywordList" }, { type: "object" }]);
  expect(schema.$defs.addressPatterns.anyOf).toMatchObject([{ type: "array" }, { type: "string" }]);
  expect(condition.properties.matches.anyOf[1].properties.in.default).toEqual([
    "subject",
    "text",
    "html",
    "attachmentNames",
  ]);
  expect(condition.minProperties).toBe(1);
  expect(schema.properties.rules.items.required).toEqual(["name", "when"]);
  expect(schema.additionalProperties).toBe(false);
});

test("matching compiled rules needs no reader of YAML and no schema library", async () => {
  const entry = new URL("../../../shared/rules/match-rules.ts", import.meta.url).pathname;
  const compile = new URL("../../../shared/rules/compile-rules.ts", import.meta.url).pathname;
  const { metafile } = await build({
    entryPoints: [entry, compile],
    bundle: true,
    write: false,
    outdir: "out",
    platform: "node",
    format: "esm",
    metafile: true,
  });
  const libraries = Object.keys(metafile.inputs).flatMap((path) => /node_modules\/([^/]+)\//.exec(path)?.[1] ?? []);
  expect(new Set(libraries)).toEqual(new Set(["re2js"]));
});
