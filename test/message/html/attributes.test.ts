import fc from "fast-check";
import { expect, test } from "vitest";
import { attributesNamed, readAttributes } from "../../../shared/message/html/attributes.ts";

const NAMES = ["style", "class", "hidden"];

const PIECES = [
  ..." \n\u00a0='\"/>",
  ...NAMES,
  "STYLE",
  "title",
  "red",
  '="a b"',
  "='c'",
  "=d",
  ' = "e"',
  " ".repeat(9),
  "é",
];

test("of the attributes that are asked for, the same is read as of all", () => {
  const attributes = fc.array(fc.constantFrom(...PIECES), { maxLength: 16 }).map((pieces) => pieces.join(""));
  fc.assert(
    fc.property(attributes, (text) => {
      const all = [...readAttributes(text)].filter(([name]) => NAMES.includes(name));
      expect([...readAttributes(attributesNamed(NAMES, text))]).toEqual(all);
    }),
    { numRuns: 2_000 },
  );
});
