import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { unzipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { packStage } from "../../scripts/functions/pack-stage.ts";
import { overBudget, sizeTable } from "../../scripts/functions/sizes.ts";
import { zipFunctions } from "../../scripts/functions/zip-functions.ts";
import { unpackRules } from "../../shared/rules/packed-rules.ts";
import { unpackSuppressionFile } from "../../shared/suppression/policy-file/packed-suppression-file.ts";
import { NO_SUPPRESSION_FILE } from "../../shared/suppression/policy-file/suppression-file.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const TOPICS = ["default", "operator", "oncall"];

describe("a stage's files", () => {
  test("are packed as the functions take them", () => {
    const folder = temporaryFolder();
    packStage("dev", TOPICS, folder);
    const rules = unpackRules(readFileSync(join(folder, "rules.json"), "utf8"), "rules.json");
    expect(rules.rules.map(({ name }) => name)).toEqual(["outage"]);
    const policy = readFileSync(join(folder, "suppression.json"), "utf8");
    expect(unpackSuppressionFile(policy, "suppression.json")).toEqual(NO_SUPPRESSION_FILE);
  });

  test("a rule that alerts a topic which the stage does not have is found before it is deployed", () => {
    expect(() => packStage("dev", ["default", "operator"], temporaryFolder())).toThrow(
      'rules/dev.yml:19:21: no topic is named "oncall"',
    );
  });

  test("a stage without rules of its own has those of dev", () => {
    const folder = temporaryFolder();
    packStage("test", TOPICS, folder);
    expect(JSON.parse(readFileSync(join(folder, "rules.json"), "utf8"))).toMatchObject({ source: "rules/dev.yml" });
  });
});

describe("the zips", () => {
  const bundles = () =>
    temporaryFolder({
      "screen-mail.cjs": "exports.handler = 1;",
      "rules.json": "{}",
      "screen-mail.cjs.map": "{}",
      "stray.ts": "",
    });

  test("hold the bundle and what belongs beside it, and nothing else", () => {
    const to = temporaryFolder();
    zipFunctions(["screen-mail"], bundles(), to);
    expect(Object.keys(unzipSync(readFileSync(join(to, "screen-mail.zip"))))).toEqual([
      "screen-mail.cjs",
      "rules.json",
    ]);
  });

  test("are the same for the same code, whenever they are made, so that nothing is deployed that has not changed", () => {
    const [from, one, two] = [bundles(), temporaryFolder(), temporaryFolder()];
    zipFunctions(["screen-mail"], from, one);
    writeFileSync(join(from, "rules.json"), "{}");
    zipFunctions(["screen-mail"], from, two);
    expect(readFileSync(join(one, "screen-mail.zip"))).toEqual(readFileSync(join(two, "screen-mail.zip")));
  });

  test("are listed with their sizes, and held to a budget, whatever a stage's rules take", () => {
    const zips = [
      { name: "process-mail", bundled: 1_600_000, zipped: 600 * 1024, beside: 50 * 1024 },
      { name: "screen-mail", bundled: 916 * 1024, zipped: 299 * 1024, beside: 0 },
      { name: "new-function", bundled: 1, zipped: 1, beside: 0 },
    ];
    expect(sizeTable(zips).split("\n")[1]).toBe("process-mail          1563 KB   600 KB");
    expect(overBudget(zips)).toEqual([
      "screen-mail: expected at most 915 KB, got 916 KB",
      "screen-mail: expected at most 298 KB zipped, got 299 KB",
      "new-function: has no budget in scripts/functions/sizes.ts",
    ]);
  });
});
