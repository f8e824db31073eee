import { expect, test } from "vitest";
import { createBase64TextDecoder } from "../../../shared/message/parts/base64-text.ts";

/** All readings of an encoded text that comes in chunks of a size. */
function readings(encoded: string, size: number): readonly string[] {
  const raw = Buffer.from(encoded, "latin1");
  const { decoder, asides } = createBase64TextDecoder();
  const chunks = Array.from({ length: Math.ceil(raw.length / size) }, (_, at) =>
    raw.subarray(at * size, (at + 1) * size),
  );
  const main = Buffer.concat([...chunks.map(decoder.decode), decoder.end()]);
  return [main, ...asides()].map((bytes) => bytes.toString("latin1"));
}

const LINE = Buffer.from("The invoice is overdue. ".repeat(2)).toString("base64");
const LONG = Buffer.from("overdue ".repeat(6_300)).toString("base64");

test.each([
  [
    "a stray character beyond 64 KB of a line",
    `${LONG.slice(0, 66_000)}|${LONG.slice(66_000)}\n${LONG}\n-- \nfooter\n`,
  ],
  [
    "a short line before what is no base64, and a long one among short ones before it",
    `${LINE}\n${LINE}${LINE}\n${LINE}\n${LINE}\n${LINE}\n-- footer\n`,
  ],
  [
    "control characters far from a line with spaces",
    `${`${LINE}\n`.repeat(30)}AAAA\n${`${LINE}\n`.repeat(30)}VGhl IGlu\n`,
  ],
  ["a footer of many lines", `${LINE}\n${LINE.slice(0, 8)}\n${"-- one line of a footer\n".repeat(50)}`],
  ["a line of 64 KB and its end", `${"A".repeat(65_536)}\n${LINE}\nno base64!\n`],
  ["a line of 200 KB without an end", "QUJD".repeat(50_000)],
])("chunks make no difference: %s", (_what, encoded) => {
  const whole = readings(encoded, encoded.length);
  for (const size of [7, 997, 65_535, 65_537]) expect(readings(encoded, size)).toEqual(whole);
});
