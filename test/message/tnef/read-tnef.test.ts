import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createTnefReader, type Tnef } from "../../../shared/message/tnef/read-tnef.ts";
import { tnefOf } from "../../support/tnef.ts";

function read(bytes: Buffer, chunk = 7): Tnef {
  const reader = createTnefReader();
  for (let at = 0; at < bytes.length; at += chunk) reader.push(bytes.subarray(at, at + chunk));
  return reader.end();
}

const pdf = {
  title: "REPORT~1.PDF",
  longName: "Report 障害.pdf",
  contentType: "application/PDF",
  content: Buffer.alloc(300),
};

describe("trap 2, TNEF (winmail.dat): the names of the files in it", () => {
  test("long name, short name and title, type and size", () => {
    expect(read(tnefOf([pdf, { title: "run.exe", content: Buffer.alloc(5) }]))).toEqual({
      files: [
        { names: ["Report 障害.pdf", "REPORT~1.PDF"], contentType: "application/pdf", size: 300 },
        { names: ["run.exe"], contentType: "application/octet-stream", size: 5 },
      ],
      text: [],
      html: [],
      isBroken: false,
    });
  });

  test.each([
    [932, "8fe18a51", "障害"],
    [936, "b9cad5cf", "故障"],
    [1251, "d1e1eee9", "Сбой"],
    [65001, "e99a9ce5aeb3", "障害"],
    [99999, "e99a9ce5aeb3", "障害"],
  ])("a title in code page %i", (codePage, hex, name) => {
    const { files } = read(tnefOf([{ title: Buffer.from(`${hex}2e657865`, "hex") }], { codePage }));
    expect(files.map(({ names }) => names)).toEqual([[`${name}.exe`]]);
  });

  test("files of a message inside it", () => {
    const inner = tnefOf([{ longName: "inner.exe", content: Buffer.alloc(9) }], { body: "inner words" });
    const { files, text, isBroken } = read(tnefOf([{ title: "Forwarded", message: inner }, pdf]));
    expect([files.map(({ names }) => names[0]), text, isBroken]).toEqual([
      ["Forwarded", "inner.exe", "Report 障害.pdf"],
      ["inner words"],
      false,
    ]);
  });

  test("messages inside each other without end: the first levels are read", () => {
    let bytes = tnefOf([{ longName: "deep.exe" }]);
    for (let level = 0; level < 20; level++) bytes = tnefOf([{ title: `level ${level}`, message: bytes }]);
    const { files, isBroken } = read(bytes, 1_000);
    expect([files.length, isBroken]).toEqual([9, true]);
  });

  test("its texts", () => {
    const { text, html } = read(tnefOf([], { body: "service down", html: "<p>障害" }));
    expect([text, html]).toEqual([["service down"], ["<p>障害"]]);
  });

  test("a file without a name is told", () => {
    expect(read(tnefOf([{ content: Buffer.alloc(3) }])).files).toEqual([
      { names: [], contentType: "application/octet-stream", size: 3 },
    ]);
  });

  test("40 MB of attachments without a byte: the first 1,000 are told", () => {
    const bytes = tnefOf(Array.from({ length: 3_000 }, () => ({})));
    expect(read(bytes, 16_384).files.length).toBe(1_000);
  });
});

describe("a damaged winmail.dat gives what was read", () => {
  const whole = tnefOf([{ title: "one.exe", content: Buffer.alloc(50) }, pdf]);
  test("cut anywhere", () => {
    for (let end = 0; end < whole.length; end += 3) {
      const { files } = read(whole.subarray(0, end), 64);
      expect(["one.exe", undefined]).toContain(files[0]?.names[0]);
    }
    expect(read(whole.subarray(0, -40), 64).files).toMatchObject([
      { names: ["one.exe"] },
      { names: [pdf.longName, pdf.title] },
    ]);
  });
  test.each([
    ["no TNEF", Buffer.from("just words and more")],
    ["nothing", Buffer.alloc(0)],
    ["a length of 4 GB", Buffer.concat([whole.subarray(0, 11), Buffer.from("ffffffff", "hex"), whole.subarray(15)])],
  ])("%s", (_, bytes) => {
    expect(read(bytes).isBroken).toBe(true);
  });
  test("changed bytes never throw, whatever lengths they promise", () => {
    const change = fc.tuple(fc.nat({ max: whole.length - 1 }), fc.integer({ min: 0, max: 255 }));
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 8 }), (changes) => {
        const bytes = Buffer.from(whole);
        for (const [at, value] of changes) bytes[at] = value;
        expect(read(bytes, 100).files.length).toBeLessThanOrEqual(whole.length / 15);
      }),
    );
  });
});
