import fc from "fast-check";
import { expect, test } from "vitest";
import * as z from "zod";
import { MAX_PROBLEMS, MAX_YAML_LEXEMES } from "../../shared/yaml/limits.ts";
import { type FileKind, readCheckedFile } from "../../shared/yaml/read-checked-file.ts";
import { checkSchema } from "../../shared/yaml/schema/check-schema.ts";
import { expected, mapping } from "../../shared/yaml/schema/schema-words.ts";
import { expectPlacesInside } from "../support/file-problems.ts";

const schema = mapping({
  colours: z.array(z.string().min(1)).default([]),
  sizes: z.record(z.string().regex(/^[a-z]+$/, expected("a word")), z.int()).default({}),
});

const KIND: FileKind<z.output<typeof schema>> = {
  maxLength: 4_000_000,
  check: (value) => checkSchema(schema, value ?? {}),
};

function problemsOf(yaml: string, kind = KIND): readonly string[] {
  const reading = readCheckedFile(yaml, kind);
  if ("value" in reading) return [];
  return reading.problems.map(({ line, column, path, message }) => `${line}:${column} ${path} ${message}`);
}

test("a file in order gives its value, with defaults filled in", () => {
  expect(readCheckedFile("colours: [red, &c blue, *c]\n", KIND)).toEqual({
    value: { colours: ["red", "blue", "blue"], sizes: {} },
  });
});

test.each([
  ["without anything asked of it, is checked as null", undefined, []],
  ["that must hold something, says what", "a mapping", ["1:1  the file is empty: expected a mapping"]],
])("an empty file %s", (_, notEmpty, problems) => {
  const kind = notEmpty === undefined ? KIND : { ...KIND, notEmpty };
  expect(problemsOf("", kind)).toEqual(problems);
  expect(problemsOf("# nothing but a comment\n", kind)).toEqual(problems);
});

test.each([
  ["colours: red", ['1:10 colours expected a list, got "red"']],
  ["colors: []", ['1:1 colors unknown key "colors", did you mean "colours"?']],
  [
    "colours: [red, 7]",
    ['1:16 colours[1] expected text, got the number 7; if you mean the text, put it in quotes: "7"'],
  ],
  ["colours: ['']", ["1:11 colours[0] expected at least one, got none"]],
  ["sizes: { a: 1, B: 2 }", ['1:16 sizes.B expected a word, got "B"']],
  ["sizes: { a: big }", ['1:13 sizes.a expected a whole number, got "big"']],
  ["sizes: { a: 1, a: 2 }", ['1:16 sizes.a duplicate key "a", first on line 1']],
  ["colours: []\n---\ncolours: []", ["2:1  the file is one document: leave out what begins with this line"]],
  ["colours:\n\t- red", ["2:1  a tab; indent with spaces"]],
  ["colours: [red", ["1:10 colours a [ is opened here and never closed"]],
  [
    "colours: [*red]",
    ['1:11 colours[0] nothing before this is named "&red"; text that begins with * must be in quotes'],
  ],
  ["\uFEFFcolours: []", ["1:1  the file begins with a byte order mark; save it as UTF-8 without one"]],
  ["c\0o\0", ["1:1  the file is not text in UTF-8: it holds NUL characters; save it as UTF-8"]],
])("the file %j", (yaml, problems) => {
  expect(problemsOf(yaml)).toEqual(problems);
});

test("a mistake of YAML hides no other mistake, and all are told in their order", () => {
  expect(
    problemsOf("sizes: { A: 1 }\ncolours: !red [x]\ncolurs: []\n").map((problem) => problem.split(" ")[0]),
  ).toEqual(["1:10", "2:10", "3:1"]);
});

test("problems are counted to a limit", () => {
  const problems = problemsOf(`colours: [${"1,".repeat(MAX_PROBLEMS + 5)}]`);
  expect(problems).toHaveLength(MAX_PROBLEMS + 1);
  expect(problems.at(-1)).toContain("there are more problems; these are the first");
});

const TOO_LARGE = `1:1  the file is too large: expected at most ${KIND.maxLength} characters and ${MAX_YAML_LEXEMES} words and signs`;

test("a file that is too large is not read", () => {
  expect(problemsOf(`colours: [] #${"x".repeat(KIND.maxLength)}`)).toEqual([TOO_LARGE]);
});

test("a file of a million signs is not read to its end", () => {
  expect(problemsOf(`colours: [${",".repeat(MAX_YAML_LEXEMES)}]`)).toEqual([TOO_LARGE]);
});

test("aliases of aliases of aliases do not fill the memory", () => {
  const lines = Array.from(
    { length: 30 },
    (_, i) => `x${i + 1}: &x${i + 1} [${Array(10).fill(`*x${i}`).join(", ")}]\n`,
  );
  const problems = problemsOf(`x0: &x0 [a]\n${lines.join("")}colours: []\n`);
  expect(problems).toEqual([expect.stringContaining("values, counting aliases written out")]);
});

test("an alias of what it stands in comes to an end", () => {
  const problems = problemsOf("colours: &r [*r, *r, *r]\n");
  expect(problems).toEqual([expect.stringContaining("nested deeper than 100 levels")]);
});

test.each([
  ["brackets", "colours: ", "["],
  ["mappings", "", "{ a: "],
  ["lists", "", "- "],
  ["keys", "", "? "],
])("%s nested 20,000 deep are refused, not a stack overflow", (_, head, opening) => {
  expect(problemsOf(head + opening.repeat(20_000))).not.toEqual([]);
});

test("whatever the text, it is read or refused with problems in order, inside the text", () => {
  const piece = fc.oneof(
    fc.constantFrom(
      "colours:",
      "sizes: ",
      "\n",
      "\n  ",
      "- ",
      "{",
      "}",
      "[",
      "]",
      ": ",
      ", ",
      "&a ",
      "*a",
      "'",
      '"',
      "#",
    ),
    fc.string({ maxLength: 4 }),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const yaml = pieces.join("");
      const reading = readCheckedFile(yaml, KIND);
      if ("value" in reading) return;
      expect(reading.problems.length).toBeGreaterThan(0);
      expectPlacesInside(yaml, reading.problems);
    }),
  );
});
