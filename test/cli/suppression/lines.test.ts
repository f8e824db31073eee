import fc from "fast-check";
import { expect, test } from "vitest";
import { type Line, readLines } from "../../../cli/suppression/list-file/lines.ts";
import { collect } from "../../support/collect.ts";

async function* chunks(...parts: readonly (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) yield typeof part === "string" ? Buffer.from(part) : part;
}

async function texts(...parts: readonly (string | Uint8Array)[]): Promise<(string | undefined)[]> {
  const lines = await collect(readLines(chunks(...parts)));
  expect(lines.map(({ number }) => number)).toEqual(lines.map((_, at) => at + 1));
  return lines.map((line) => ("text" in line ? line.text : undefined));
}

test.each([
  ["LF", "a\nb\n", ["a", "b"]],
  ["CRLF", "a\r\nb\r\n", ["a", "b"]],
  ["CR", "a\rb\r", ["a", "b"]],
  ["no end after the last", "a\nb", ["a", "b"]],
  ["empty lines", "a\n\n\r\n\rb", ["a", "", "", "", "b"]],
  ["a byte order mark", "\ufeffa\n\ufeffb", ["a", "\ufeffb"]],
  ["nothing", "", []],
  ["NUL", "a\0b\n", ["a\0b"]],
  ["other separators of Unicode are characters", "a\u2028b\u0085c\n", ["a\u2028b\u0085c"]],
])("lines end with %s", async (_title, text, expected) => {
  expect(await texts(text)).toEqual(expected);
});

test("where the bytes are cut makes no difference", async () => {
  const piece = fc.constantFrom("\r", "\n", "\r\n", "a", "é", "障", "😀", "\ufeff", "");
  await fc.assert(
    fc.asyncProperty(fc.array(piece), fc.array(fc.nat(60)), async (pieces, cuts) => {
      const bytes = Buffer.from(pieces.join(""));
      const places = [0, ...cuts.map((cut) => Math.min(cut, bytes.length)).sort((a, b) => a - b), bytes.length];
      const parts = places.slice(1).map((end, at) => bytes.subarray(places[at], end));
      expect(await texts(...parts)).toEqual(await texts(bytes));
    }),
  );
});

test("bytes that are not UTF-8 spoil their own line", async () => {
  const lines = await collect(readLines(chunks("a\n", Buffer.from([0xff, 0xfe, 0x61, 0x0a]), "b\n")));
  expect(lines).toEqual<Line[]>([
    { number: 1, text: "a" },
    { number: 2, problem: "expected UTF-8, got other bytes" },
    { number: 3, text: "b" },
  ]);
});

test("a line of 10 MB is told, and the next one is read", async () => {
  const long = Buffer.alloc(1 << 20, "x");
  const lines = await collect(readLines(chunks("a\n", ...Array.from({ length: 10 }, () => long), "\nb")));
  expect(lines).toEqual<Line[]>([
    { number: 1, text: "a" },
    { number: 2, problem: "expected an entry, got a line of more than 16384 bytes" },
    { number: 3, text: "b" },
  ]);
});

test.each([
  [16_384, true],
  [16_385, false],
])("of %i bytes a line is read: %s", async (length, isRead) => {
  for (const size of [length, 1000]) {
    const text = "x".repeat(length);
    const parts = Array.from({ length: Math.ceil(length / size) }, (_, at) => text.slice(at * size, (at + 1) * size));
    expect(await texts(...parts)).toEqual([isRead ? text : undefined]);
  }
});
