import { join } from "node:path";
import { expect, test } from "vitest";
import { objects, run } from "../cli/run-mailroom.ts";
import { VARIANTS, variantFolder } from "./variants.ts";

test.each(VARIANTS)("doctor finds nothing wrong with what was packaged: $name", async ({ name, region }) => {
  const file = join(variantFolder(name), "cloudformation-template-update-stack.json");
  const result = await run("doctor", "--template", file, "--region", region, "--json");
  expect(result.status).toBe(0);
  expect(objects(result).filter(({ level }) => level === "error" || level === "warning")).toEqual([]);
});
