import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { csvLine, readCsvLine } from "../../../cli/suppression/list-file/csv.ts";
import { nastyText } from "../../support/nasty-text.ts";

test.each<[readonly string[], string]>([
  [["a", "b"], "a,b\r\n"],
  [["", ""], ",\r\n"],
  [['say "hi"', "a,b"], '"say ""hi""","a,b"\r\n'],
  [[" a", "b "], '" a","b "\r\n'],
  [["=1+1", "@x", "-2"], "=1+1,@x,-2\r\n"],
])("%j is written %j", (fields, line) => {
  expect(csvLine(fields)).toBe(line);
  expect(readCsvLine(line.slice(0, -2))).toEqual(fields);
});

describe("what is no record is told with its place", () => {
  test.each([
    ['"a', "expected a quote that ends the field at character 1"],
    ['a,"b""', "expected a quote that ends the field at character 3"],
    ['"a"b,c', "expected a comma after the quote at character 3"],
    ['"a" ,b', "expected a comma after the quote at character 3"],
  ])("%j", (line, problem) => {
    expect(readCsvLine(line)).toBe(problem);
  });
});

test("a quote inside a field without quotes is a character like others", () => {
  expect(readCsvLine('o"neil@acme.example,BOUNCE')).toEqual(['o"neil@acme.example', "BOUNCE"]);
});

test("fields are read as they were written, whatever is in them", () => {
  const field = nastyText.map((text) => text.replace(/[\r\n]/g, ""));
  fc.assert(
    fc.property(fc.array(field, { minLength: 1 }), (fields) => {
      expect(readCsvLine(csvLine(fields).slice(0, -2))).toEqual(fields);
    }),
  );
});

test("no line makes it fail, and quotes cost no more than other characters", () => {
  fc.assert(fc.property(fc.string(), (line) => void readCsvLine(line)));
  expect(readCsvLine('"'.repeat(16_001))).toEqual(expect.stringContaining("expected a quote"));
  expect(readCsvLine(",".repeat(16_000))).toHaveLength(16_001);
});
