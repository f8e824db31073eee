import { describe, expect, test } from "vitest";
import { csvFormat } from "../../../cli/suppression/list-file/csv-format.ts";
import type { ListEntry } from "../../../cli/suppression/list-file/entry.ts";
import { formatOf } from "../../../cli/suppression/list-file/format.ts";
import { ndjsonFormat } from "../../../cli/suppression/list-file/ndjson-format.ts";
import { suppressionOf } from "../../support/suppressions.ts";

const gone: ListEntry = {
  address: "gone@partner.example",
  reason: "bounce",
  since: undefined,
  expiresAt: undefined,
  spelling: "Gone@Partner.example",
};
const SINCE = "2026-11-21T07:41:19.000Z";

function readCsv(...lines: readonly string[]): unknown[] {
  const read = csvFormat.reader();
  return lines.map(read);
}

function readJson(value: unknown): unknown {
  return ndjsonFormat.reader()(typeof value === "string" ? value : JSON.stringify(value));
}

test("an entry is written with all that an import needs", () => {
  const state = suppressionOf({ expiresAt: "2027-01-01T00:00:00.000Z" });
  expect(csvFormat.header).toBe("address,reason,since,expiresAt,spelling\r\n");
  expect(csvFormat.write(state)).toBe(
    "gone@partner.example,bounce,2026-11-21T07:41:19.000Z,2027-01-01T00:00:00.000Z,Gone@Partner.example\r\n",
  );
  expect(ndjsonFormat.write(suppressionOf())).toBe(
    '{"address":"gone@partner.example","reason":"bounce","since":"2026-11-21T07:41:19.000Z","expiresAt":null,"spelling":"Gone@Partner.example"}\n',
  );
});

test("a spelling that does not fit on a line is left out for the address", () => {
  const state = suppressionOf({ spelling: "<\n gone@partner.example>" });
  expect(csvFormat.write(state)).toContain(",gone@partner.example\r\n");
});

test.each([
  ["x.csv", undefined, csvFormat],
  ["x.ndjson", undefined, ndjsonFormat],
  ["x.JSONL", undefined, ndjsonFormat],
  ["x.json", undefined, ndjsonFormat],
  ["-", undefined, csvFormat],
  ["list.txt", undefined, csvFormat],
  ["x.csv", "ndjson", ndjsonFormat],
  ["x.ndjson", "csv", csvFormat],
] as const)("%s with --format %s", (file, named, format) => {
  expect(formatOf(file, named)).toBe(format);
});

describe("CSV", () => {
  test.each<[string, readonly string[], Partial<ListEntry>]>([
    ["SES's bulk form", ["Gone@Partner.example,BOUNCE"], {}],
    ["our fields without a header", [`Gone@Partner.example,bounce,${SINCE},`], { since: SINCE, expiresAt: null }],
    [
      "a header in any order and case",
      ["Reason,SINCE,emailAddress", `complaint,2026-11-21,Gone@Partner.example`],
      { reason: "complaint", since: "2026-11-21T00:00:00.000Z" },
    ],
    ["columns that no entry has", ["id,address,note,reason", '7,Gone@Partner.example,"a, b",BOUNCE'], {}],
    ["empty lines before it", ["", "  ", "Gone@Partner.example,BOUNCE"], {}],
    ["a time with an offset", [`Gone@Partner.example,bounce,2026-11-21T08:41:19+01:00`], { since: SINCE }],
    ["an empty time is none", ["Gone@Partner.example,bounce,,"], { expiresAt: null }],
    [
      "a spelling of its own",
      ["address,reason,spelling", "gone@partner.example,bounce,GONE@partner.example"],
      { spelling: "GONE@partner.example" },
    ],
  ])("reads %s", (_title, lines, parts) => {
    expect(readCsv(...lines).at(-1)).toEqual({ ...gone, ...parts });
  });

  test("a header line is no entry", () => {
    expect(readCsv("address,reason", "gone@partner.example,bounce")[0]).toBeUndefined();
  });

  test.each([
    ["no address", ["nobody,BOUNCE"], 'expected an address, got "nobody"'],
    ["a NUL", ["a\0b@partner.example,BOUNCE"], 'expected an address, got "a\\u0000b@partner.example"'],
    [
      "no reason",
      ["gone@partner.example"],
      "expected a reason (complaint, manual, bounce, accountList, tenantList, globalList, emailValidation, repeatedBounces, mailboxFull), got nothing",
    ],
    ["another reason", ["gone@partner.example,SPAM"], 'mailboxFull), got "SPAM"'],
    ["no time", ["gone@partner.example,bounce,yesterday"], 'expected a date in since, got "yesterday"'],
    ["no end", ["gone@partner.example,bounce,,soon"], 'expected a date in expiresAt, or nothing, got "soon"'],
    [
      "another's spelling",
      ["gone@partner.example,bounce,,,jane@partner.example"],
      'expected a spelling of gone@partner.example, got "jane@partner.example"',
    ],
    ["too many fields", ["a@b.example,bounce,,,a@b.example,x"], "expected 5 fields at most, got 6"],
    ["an open quote", ['"gone@partner.example,BOUNCE'], "expected a quote that ends the field at character 1"],
    ["a header without reasons", ["address,since"], 'expected a column reason in the header, got "address,since"'],
  ])("tells what is wrong: %s", (_title, lines, problem) => {
    expect(readCsv(...lines).at(-1)).toEqual(expect.stringContaining(problem));
  });
});

describe("NDJSON", () => {
  test.each<[string, unknown, Partial<ListEntry>]>([
    ["SES's bulk form", { emailAddress: "Gone@Partner.example", reason: "BOUNCE" }, {}],
    [
      "our own",
      { address: "Gone@Partner.example", reason: "bounce", since: SINCE, expiresAt: null },
      { since: SINCE, expiresAt: null },
    ],
    [
      "what list --json prints",
      {
        address: "gone@partner.example",
        suppressed: true,
        reason: "bounce",
        since: SINCE,
        expiresAt: null,
        spelling: "Gone@Partner.example",
        counts: {},
      },
      { since: SINCE, expiresAt: null },
    ],
  ])("reads %s", (_title, object, parts) => {
    expect(readJson(object)).toEqual({ ...gone, ...parts });
  });

  test("an empty line holds nothing", () => {
    expect(readJson(" ")).toBeUndefined();
  });

  test.each<[unknown, string]>([
    ["{", 'expected a JSON object, got "{"'],
    ["[]", "expected a JSON object"],
    ["null", "expected a JSON object"],
    [{ address: 7 }, 'expected a text in address, got "7"'],
    [{ address: ["a@b.example"], reason: "BOUNCE" }, "expected a text in address"],
    [{ address: "a@b.example" }, "expected a reason"],
    [{ reason: "BOUNCE" }, "expected an address, got nothing"],
    [{ address: "a@b.example", reason: "BOUNCE", since: 1 }, "expected a text in since"],
  ])("tells what is wrong with %j", (object, problem) => {
    expect(readJson(object)).toEqual(expect.stringContaining(problem));
  });
});
