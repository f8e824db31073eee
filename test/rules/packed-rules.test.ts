import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ConfigurationError } from "../../shared/errors.ts";
import { compileRules } from "../../shared/rules/compile-rules.ts";
import { packRules, unpackRules } from "../../shared/rules/packed-rules.ts";
import { readRules } from "../../shared/rules/read-rules.ts";

const sample = readRules(readFileSync("samples/rules.yml", "utf8"), "samples/rules.yml");
const packed = packRules(sample, "samples/rules.yml");

describe("packed rules", () => {
  test("are what was read of the YAML, to the last condition", () => {
    expect(unpackRules(packed, "rules.json")).toEqual(sample);
  });

  test("say where they were read, and bear the version that records have", () => {
    const { format, source, version, rules } = JSON.parse(packed);
    expect({ format, source, version }).toEqual({
      format: 1,
      source: "samples/rules.yml",
      version: compileRules(sample).version,
    });
    expect(rules).toEqual(sample);
  });

  test("keep their version when they are compiled again", () => {
    expect(compileRules(unpackRules(packed, "rules.json")).version).toBe(compileRules(sample).version);
  });

  test.each([
    ["YAML", "rules: []", "a packed file of rules, got 9 characters that are none"],
    ["nothing", "", "a packed file of rules, got 0 characters that are none"],
    ["a text in JSON", '"rules"', "a packed file of rules, got 7 characters that are none"],
    ["another format", '{"format":2,"rules":{}}', "the format 1, got 2"],
    ["no format", '{"rules":{}}', "the format 1, got nothing"],
    ["another kind of file", '{"format":1,"suppression":{}}', "the key rules, got none"],
    ["no version", '{"format":1,"rules":{}}', "what the version nothing names, got what 44136fa355b3678a does"],
    [
      "rules that were changed by hand",
      packed.replace('"outage"', '"outages"'),
      `what the version "${compileRules(sample).version}" names`,
    ],
  ])("%s is refused, with what to do", (_, text, problem) => {
    expect(() => unpackRules(text, "rules.json")).toThrow(ConfigurationError);
    expect(() => unpackRules(text, "rules.json")).toThrow(`rules.json: expected ${problem}`);
    expect(() => unpackRules(text, "rules.json")).toThrow(/package them again$/);
  });

  test("that were damaged anywhere are refused, or say the same", () => {
    const small = readRules("rules: [{ name: a, when: { keywords: [x, 障害] } }]", "rules.yml");
    const text = packRules(small, "rules.yml");
    const damage = fc.record({ at: fc.nat(text.length - 1), gone: fc.nat(3), written: fc.string({ maxLength: 3 }) });
    fc.assert(
      fc.property(damage, ({ at, gone, written }) => {
        expect([small, "refused"]).toContainEqual(readOrRefused(text.slice(0, at) + written + text.slice(at + gone)));
      }),
      { numRuns: 2000 },
    );
  });
});

function readOrRefused(text: string) {
  try {
    return unpackRules(text, "rules.json");
  } catch (error) {
    if (error instanceof ConfigurationError) return "refused";
    throw error;
  }
}
