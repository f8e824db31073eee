import { describe, expect, test } from "vitest";
import { MAX_ALL_PART_HEADER_BYTES } from "../../../shared/message/limits.ts";
import { createPartSplitter } from "../../../shared/message/parts/part-splitter.ts";

/** The leaf parts of a mail, their types and bodies. */
function partsOf(mail: string, everyLine: boolean, size = mail.length): readonly (readonly [string, string])[] {
  const parts: [string, string][] = [];
  const splitter = createPartSplitter(
    {
      begin: ({ contentType }) => void parts.push([contentType, ""]),
      body: (bytes) => {
        const last = parts.at(-1);
        if (last !== undefined) last[1] += bytes.toString("latin1");
      },
      end: () => {},
    },
    MAX_ALL_PART_HEADER_BYTES,
    everyLine,
  );
  const bytes = Buffer.from(mail, "latin1");
  for (let at = 0; at < bytes.length; at += size) splitter.push(bytes.subarray(at, at + size));
  splitter.end();
  return parts;
}

const MIXED = "Content-Type: multipart/mixed; boundary=b\r\n\r\n";

describe.each([
  ["shown the lines that matter", false],
  ["shown every line", true],
])("%s", (_, everyLine) => {
  test.each([
    ["the line end before a delimiter is the delimiter's", `${MIXED}--b\r\n\r\na\r\n--b--\r\n`, [["text/plain", "a"]]],
    ["the one before that is not", `${MIXED}--b\r\n\r\na\r\n\r\n--b--\r\n`, [["text/plain", "a\r\n"]]],
    [
      "a part without a delimiter behind it keeps its last line end",
      `${MIXED}--b\r\n\r\na\r\n`,
      [["text/plain", "a\r\n"]],
    ],
    ["a part of nothing", `${MIXED}--b\r\n\r\n--b--`, [["text/plain", ""]]],
    [
      "dashes inside a line",
      `${MIXED}--b\r\n\r\na --b\r\n-- b\r\n--bb\r\n--b--`,
      [["text/plain", "a --b\r\n-- b\r\n--bb"]],
    ],
    [
      "a stray CR before a delimiter",
      `${MIXED}--b\r\n\r\na\n\r--b\r\n\r\nc`,
      [
        ["text/plain", "a"],
        ["text/plain", "c"],
      ],
    ],
    ["white space behind a delimiter", `${MIXED}--b \t\r\n\r\na\r\n--b-- \r\n--b\r\n\r\nc`, [["text/plain", "a"]]],
    [
      "what stands before and behind the parts is none",
      `${MIXED}x\r\n--b\r\n\r\na\r\n--b--\r\ny`,
      [["text/plain", "a"]],
    ],
    ["a mail without parts is all body", "Content-Type: text/html\r\n\r\n--b\r\n", [["text/html", "--b\r\n"]]],
    ["a multipart without a boundary is text", "Content-Type: multipart/mixed\r\n\r\na", [["text/plain", "a"]]],
    [
      "a multipart inside in which no part comes is text",
      `${MIXED}--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\na\r\n--b--\r\n`,
      [["text/plain", "a\r\n"]],
    ],
  ])("%s", (_title, mail, parts) => {
    for (const size of [mail.length, 1, 2, 3, 7]) expect(partsOf(mail, everyLine, size)).toEqual(parts);
  });

  test("trap: multiparts inside each other, and then nothing but delimiters: it ends at a number of comparisons", () => {
    const inside = Array.from(
      { length: 4_000 },
      (_, at) => `--b${at}\nContent-Type: multipart/mixed; boundary=b${at + 1}\n\n`,
    );
    const mail = `Content-Type: multipart/mixed; boundary=b0\n\n${inside.join("")}${"--x\n".repeat(10_000)}`;
    expect(() => partsOf(mail, everyLine)).toThrow(expect.objectContaining({ name: "BoundaryWorkError" }));
  });

  test("as many lines of dashes in a mail of few multiparts are read", () => {
    expect(partsOf(`${MIXED}--b\n\n${"--x\n".repeat(10_000)}`, everyLine)).toHaveLength(1);
  });

  test("a line of a header that is longer than a header may be", () => {
    const mail = `${MIXED}--b\r\nX: ${"x".repeat(1_100_000)}`;
    expect(() => partsOf(mail, everyLine, 64 * 1024)).toThrow(expect.objectContaining({ code: "EMAXLEN" }));
  });
});
