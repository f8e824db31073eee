import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

// Comments and titles cite facts and traps by their numbers. A stranger must find each of them in docs.

const FACTS = "docs/ses-facts.md";
const TRAPS = "docs/traps.md";

const root = new URL("../../", import.meta.url);
const read = (file: string): string => readFileSync(new URL(file, root), "utf8");

interface Source {
  readonly file: string;
  readonly text: string;
}

function sourcesIn(...folders: readonly string[]): readonly Source[] {
  const files = folders.flatMap((folder) =>
    readdirSync(new URL(folder, root), { recursive: true, encoding: "utf8" }).map((name) => `${folder}/${name}`),
  );
  return files
    .filter((file) => /\.(?:ts|md)$/.test(file) && file !== "test/docs/references.test.ts")
    .map((file) => ({ file, text: read(file) }));
}

interface Citation {
  readonly file: string;
  readonly cited: string;
}

/** A citation may go on in the next line of a comment. */
const unwrapped = (text: string): string => text.replace(/\s*\n\s*(?:\*(?!\/)|\/\/)?\s*/g, " ");

const NUMBER = String.raw`\d+(?:\.\d+)*`;
const FACT = new RegExp(
  String.raw`\b(?:SES facts?|facts) (?:test )?(${NUMBER}(?:(?:, | and )${NUMBER})*)( of the ten)?`,
  "gi",
);

/** Numbers of facts, such as `1.10.1`; `2 of the ten` is told as `ten 2`. */
function citedFacts({ file, text }: Source): readonly Citation[] {
  return [...unwrapped(text).matchAll(FACT)].flatMap(([, numbers = "", ofTen]) =>
    numbers.split(/, | and /).map((number) => ({ file, cited: ofTen === undefined ? number : `ten ${number}` })),
  );
}

/** The numbers of a page's headings and of its rows, in order. */
function numbersOf(page: string): readonly string[] {
  return [...page.matchAll(/^(?:#{2,4} (\d+(?:\.\d+)*)\.? |\| (\d+(?:\.\d+)*) \|)/gm)].map(
    ([, heading, row]) => heading ?? row ?? "",
  );
}

interface TrapRow {
  readonly number: string;
  readonly row: string;
}

function rowsOf(page: string): readonly TrapRow[] {
  return [...page.matchAll(/^\| (\d+\.\d+) \| .*$/gm)].map(([row, number = ""]) => ({ number, row }));
}

interface TestLink {
  readonly number: string;
  readonly file: string;
  readonly title: string;
}

/** Tests that a row names: `[part of the title](../test/…)`. */
function testsOf({ number, row }: TrapRow): readonly TestLink[] {
  return [...row.matchAll(/\[([^\]]+)\]\(\.\.\/(test\/[^)]+)\)/g)].map(([, title = "", file = ""]) => ({
    number,
    file,
    title: title.replace(/^`|`$/g, ""),
  }));
}

const sources = sourcesIn("shared", "functions", "cli", "library", "scripts", "test", "docs");
const factsPage = read(FACTS);
const trapsPage = read(TRAPS);
const trapRows = rowsOf(trapsPage);

describe("facts about SES", () => {
  const [, ten = "", ...sections] = factsPage.split(/^(?=## )/m);
  const known = [...numbersOf(ten).map((number) => `ten ${number}`), ...numbersOf(sections.join(""))];
  const citations = sources.flatMap(citedFacts);

  test("each has one place on the page", () => {
    expect(known.filter((number, at) => known.indexOf(number) !== at)).toEqual([]);
  });

  test("what is cited is on the page", () => {
    expect(citations.length).toBeGreaterThan(50);
    expect(citations.filter(({ cited }) => !known.includes(cited))).toEqual([]);
  });

  test("what the page refers to on itself is on it", () => {
    const numbers = [...factsPage.matchAll(/(?:\(|\| )(\d\.\d+(?:\.\d+)*(?:, \d\.\d+(?:\.\d+)*)*)(?=\)| \|)/g)];
    expect(numbers.length).toBeGreaterThan(20);
    expect(numbers.flatMap(([, list = ""]) => list.split(", ")).filter((number) => !known.includes(number))).toEqual(
      [],
    );
  });

  test("none is cited without its number", () => {
    const cited = sources.filter(({ file }) => file.endsWith(".ts")).map((source) => unwrapped(source.text));
    expect(cited.flatMap((text) => text.match(/SES facts?\b(?! (?:test )?\d).{0,40}/gi) ?? [])).toEqual([]);
  });

  test.each(rowsOf(factsPage).flatMap(testsOf))("fact $number: $file has the test $title", ({ file, title }) => {
    expect(file.endsWith(`/${title}`) || read(file).includes(title)).toBe(true);
  });
});

describe("traps", () => {
  const tests = sources.filter(({ file }) => file.endsWith(".ts"));

  test("each has one place on the page", () => {
    const numbers = numbersOf(trapsPage);
    expect(numbers.filter((number, at) => numbers.indexOf(number) !== at)).toEqual([]);
  });

  test("those that are cited as 1.… are on the page", () => {
    const citations = tests.flatMap(({ file, text }) =>
      [...unwrapped(text).matchAll(/\btraps? (\d+\.\d+)/gi)].map(([, cited]) => ({ file, cited })),
    );
    expect(citations.length).toBeGreaterThan(50);
    expect(citations.filter(({ cited }) => !trapRows.some(({ number }) => number === cited))).toEqual([]);
  });

  /** In the rows of section 2: the words by which titles name them. */
  const words = trapRows
    .filter(({ number }) => number.startsWith("2."))
    .flatMap(({ row }) => [...row.matchAll(/\*\*([^*]+)\*\*/g)].map(([, word = ""]) => word.toLowerCase()));
  const titles = tests.flatMap(({ file, text }) =>
    [...text.matchAll(/[^"\n]*\btrap 2\b[^"\n]*/gi)].map(([title]) => ({ file, title: title.toLowerCase() })),
  );

  test("those that are cited as 2 are named by a row's words", () => {
    expect(titles.length).toBeGreaterThan(50);
    expect(titles.filter(({ title }) => !words.some((word) => title.includes(word)))).toEqual([]);
  });

  test("no row of section 2 names itself by words that no title has", () => {
    expect(words.filter((word) => !titles.some(({ title }) => title.includes(word)))).toEqual([]);
  });

  test.each(trapRows)("trap $number names a test, or says that there is none", (row) => {
    expect(testsOf(row).length > 0 || row.row.includes("None yet")).toBe(true);
  });

  test.each(trapRows.flatMap(testsOf))("trap $number: $file has the test $title", ({ number, file, title }) => {
    const trap = new RegExp(
      String.raw`\btrap ${number.startsWith("1.") ? number.replace(".", String.raw`\.`) : "2"}\b`,
    );
    expect(
      read(file)
        .replaceAll("\\'", "'")
        .split("\n")
        .filter((line) => trap.test(line) && line.includes(title)),
    ).not.toEqual([]);
  });
});
