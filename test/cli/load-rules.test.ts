import { describe, expect, test } from "vitest";
import { loadRules } from "../../cli/load-rules.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

describe("which rules file is read", () => {
  test("the one that is named", () => {
    const file = `${temporaryFolder({ "my.yml": "rules: []\n" })}/my.yml`;
    expect(loadRules(file)).toEqual({ file, yaml: "rules: []\n" });
  });

  test.each([
    [["rules.yml", "samples/rules.yml"], "rules.yml"],
    [["samples/rules.yml"], "samples/rules.yml"],
  ])("of %j the first default one", (there, expected) => {
    const folder = temporaryFolder(Object.fromEntries(there.map((file) => [file, file])));
    expect(loadRules(undefined, folder)).toEqual({ file: expected, yaml: expected });
  });

  test("none: it is said where it was expected", () => {
    expect(() => loadRules(undefined, temporaryFolder())).toThrow(
      "no rules file: there is no rules.yml or samples/rules.yml here, and none was named",
    );
  });

  test("one that cannot be read", () => {
    expect(() => loadRules("nothere.yml")).toThrow("cannot read the rules file nothere.yml: no such file or directory");
  });
});
