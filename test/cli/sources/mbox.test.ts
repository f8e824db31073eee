import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fromLineEnd } from "../../../cli/sources/from-line.ts";
import { mailRanges, type ReadAt } from "../../../cli/sources/mbox.ts";
import { collect } from "../../support/collect.ts";

const FROM = "From a@acme.example Tue Nov 24 08:00:00 2026";

/** Reads at most `most` bytes at a time, as a file system may. */
function readerOf(bytes: Buffer, most = Number.POSITIVE_INFINITY): ReadAt {
  return async (position, into) => bytes.copy(into, 0, position, position + Math.min(most, into.length));
}

async function split(text: string, chunkBytes?: number, most?: number) {
  const bytes = Buffer.from(text, "latin1");
  const ranges = await collect(mailRanges(readerOf(bytes, most), fromLineEnd(bytes) ?? 0, chunkBytes));
  return ranges.map(({ start, end, number }) => ({ number, mail: bytes.toString("latin1", start, end) }));
}

describe("a file with one From line is one mail without that line", () => {
  test.each([
    ["LF", `${FROM}\nTo: b\n\ntext\n`, "To: b\n\ntext\n"],
    ["CRLF", `${FROM}\r\nTo: b\r\n\r\ntext\r\n`, "To: b\r\n\r\ntext\r\n"],
    ["its last empty line is its own", `${FROM}\nTo: b\n\ntext\n\n`, "To: b\n\ntext\n\n"],
    ["no line end at the end", `${FROM}\nTo: b`, "To: b"],
    ["nothing behind the line", `${FROM}\n`, ""],
    [
      "a From line in the body after a line of text",
      `${FROM}\nTo: b\n\ntext\n${FROM}\nTo: c\n`,
      `To: b\n\ntext\n${FROM}\nTo: c\n`,
    ],
    [
      "a From line in the body that no header follows",
      `${FROM}\nTo: b\n\n${FROM}\nand so on\n`,
      `To: b\n\n${FROM}\nand so on\n`,
    ],
    ["a From line in the body that nothing follows", `${FROM}\nTo: b\n\n${FROM}\n`, `To: b\n\n${FROM}\n`],
    ["a sentence that begins with From", `${FROM}\nTo: b\n\nFrom here\nNote: x\n`, "To: b\n\nFrom here\nNote: x\n"],
    ["an escaped From line", `${FROM}\nTo: b\n\n>${FROM}\nTo: c\n`, `To: b\n\n>${FROM}\nTo: c\n`],
  ])("%s", async (_, text, expected) => {
    expect(await split(text)).toEqual([{ number: undefined, mail: expected }]);
  });
});

describe("a file with more From lines is an mbox", () => {
  test.each([
    ["LF", `${FROM}\nTo: b\n\none\n\n${FROM}\nTo: c\n\ntwo\n\n`, ["To: b\n\none\n", "To: c\n\ntwo\n"]],
    [
      "CRLF",
      `${FROM}\r\nTo: b\r\n\r\n1\r\n\r\n${FROM}\r\nTo: c\r\n\r\n2\r\n\r\n`,
      ["To: b\r\n\r\n1\r\n", "To: c\r\n\r\n2\r\n"],
    ],
    ["mixed line ends", `${FROM}\nTo: b\n\n1\n\r\n${FROM}\nTo: c\r\n\r\n2`, ["To: b\n\n1\n", "To: c\r\n\r\n2"]],
    ["a last mail without its empty line", `${FROM}\nTo: b\n\n${FROM}\nTo: c\n\ntwo\n`, ["To: b\n", "To: c\n\ntwo\n"]],
    [
      "empty lines that belong to the mail",
      `${FROM}\nTo: b\n\n1\n\n\n\n${FROM}\nTo: c\n`,
      ["To: b\n\n1\n\n\n", "To: c\n"],
    ],
    ["a mail without a byte", `${FROM}\n\n${FROM}\nTo: c\n`, ["", "To: c\n"]],
  ])("%s", async (_, text, mails) => {
    expect(await split(text)).toEqual(mails.map((mail, index) => ({ number: index + 1, mail })));
  });
});

const line = fc.oneof(
  fc
    .string({ unit: fc.constantFrom(..."ab \t:>é"), maxLength: 12 })
    .map((text) => (text.startsWith("From ") ? "" : text)),
  fc.constantFrom("", "", ">From x 2026", `>${FROM}`, "From here on", "To: b"),
);
const someMail = fc
  .tuple(fc.constantFrom("Subject: x", "Received: y"), fc.array(line, { maxLength: 12 }), fc.constantFrom("\n", "\r\n"))
  .map(([first, lines, lineEnd]) => [first, ...lines, ""].join(lineEnd));

test("mails that are joined to an mbox are split into the same bytes, whatever the chunks", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(someMail, { minLength: 2, maxLength: 6 }),
      fc.integer({ min: 1, max: 200 }),
      async (mails, chunk) => {
        const mbox = mails.map((mail) => `${FROM}\n${mail}\n`).join("");
        expect((await split(mbox, chunk)).map(({ mail }) => mail)).toEqual(mails);
      },
    ),
  );
});

test("short reads and any chunk size find the same mails", async () => {
  const pieces = fc.array(
    fc.constantFrom("\n", "\r\n", "\n\n", FROM, `\n\n${FROM}\n`, "To: b", "text", "From ", "x".repeat(990)),
    {
      maxLength: 40,
    },
  );
  await fc.assert(
    fc.asyncProperty(
      pieces,
      fc.integer({ min: 1, max: 3_000 }),
      fc.integer({ min: 1, max: 900 }),
      async (parts, chunk, most) => {
        const text = `${FROM}\nTo: b\n${parts.join("")}`;
        expect(await split(text, chunk, most)).toEqual(await split(text));
      },
    ),
  );
});

test("a failing read fails the listing", async () => {
  const ranges = mailRanges(async () => Promise.reject(new Error("disk gone")), 0);
  await expect(ranges.next()).rejects.toThrow("disk gone");
});
