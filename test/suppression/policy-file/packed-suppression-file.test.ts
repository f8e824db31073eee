import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  packSuppressionFile,
  unpackSuppressionFile,
} from "../../../shared/suppression/policy-file/packed-suppression-file.ts";
import { readSuppressionFile } from "../../../shared/suppression/policy-file/read-suppression-file.ts";
import { NO_SUPPRESSION_FILE } from "../../../shared/suppression/policy-file/suppression-file.ts";

describe("a packed suppression file", () => {
  test.each([
    ["the sample", readSuppressionFile(readFileSync("samples/suppression.yml", "utf8"), "s.yml")],
    ["no file", NO_SUPPRESSION_FILE],
    [
      "a file of its own",
      readSuppressionFile("policy: { expiryDays: { bounce: 90 } }\ntrust: { allow: [a.example] }", "s.yml"),
    ],
  ])("of %s is what was read of the YAML", (_, file) => {
    expect(unpackSuppressionFile(packSuppressionFile(file, "s.yml"), "s.json")).toEqual(file);
  });

  test("is not taken for rules", () => {
    expect(() => unpackSuppressionFile('{"format":1,"rules":{}}', "s.json")).toThrow(
      "s.json: expected the key suppression, got none",
    );
  });
});
