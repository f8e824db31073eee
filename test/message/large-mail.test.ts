import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { describe, expect, test } from "vitest";
import { MAX_HEADER_BYTES, MAX_MAIL_BYTES } from "../../shared/message/limits.ts";
import { parseHeader, parseMessage } from "../../shared/message/parse-message.ts";

const HEAD = Buffer.from(
  [
    "From: ana@client.example",
    "Subject: outage",
    "Content-Type: multipart/mixed; boundary=b",
    "",
    "--b",
    "",
    "It is down.",
    "--b",
    "Content-Type: application/zip",
    "",
    "",
  ].join("\r\n"),
);
const CHUNK = Buffer.alloc(1 << 20, "zip\r\n");

/** A mail of this many bytes as a stream, with the number of bytes that were taken of it. */
function streamOf(size: number, head = HEAD) {
  const taken = { bytes: 0 };
  async function* chunks() {
    for (let chunk = head; taken.bytes < size; chunk = CHUNK) {
      const bytes = chunk.subarray(0, size - taken.bytes);
      taken.bytes += bytes.length;
      yield bytes;
    }
  }
  return { taken, stream: Readable.from(chunks(), { objectMode: false }) };
}

const codes = (problems: readonly { readonly code: string }[]) => problems.map(({ code }) => code);

describe("a mail of more than 41,943,040 bytes", () => {
  test("trap 1.17, known beforehand: its header is read and no more of it, and the stream is destroyed", async () => {
    const { stream, taken } = streamOf(5_000_000_000);
    const message = await parseMessage(stream, 5_000_000_000);
    expect(message).toMatchObject({ subject: "outage", size: 5_000_000_000, sha256: "", text: "", attachments: [] });
    expect(codes(message.problems)).toEqual(["tooLarge"]);
    expect([stream.destroyed, taken.bytes < 4 * CHUNK.length]).toEqual([true, true]);
  });

  test("known beforehand, and all header: no more of it is read than of any header", async () => {
    const { stream, taken } = streamOf(5_000_000_000, Buffer.from("Subject: outage\r\nX: "));
    const message = await parseMessage(stream, 5_000_000_000);
    expect(message.subject).toBe("outage");
    expect(codes(message.problems)).toEqual(["tooLarge", "headersTooLarge"]);
    expect([stream.destroyed, taken.bytes < MAX_HEADER_BYTES + 4 * CHUNK.length]).toEqual([true, true]);
  });

  test("found out while it is read: what was read until then is kept", async () => {
    const { stream, taken } = streamOf(2 * MAX_MAIL_BYTES);
    const message = await parseMessage(stream);
    expect(message).toMatchObject({ subject: "outage", text: "It is down.", size: MAX_MAIL_BYTES + 1, sha256: "" });
    expect(codes(message.problems)).toEqual(["tooLarge"]);
    expect([stream.destroyed, taken.bytes < MAX_MAIL_BYTES + 4 * CHUNK.length]).toEqual([true, true]);
  });

  test("in memory it is known as well", async () => {
    const message = await parseMessage(Buffer.concat([HEAD, Buffer.alloc(MAX_MAIL_BYTES)]));
    expect(message).toMatchObject({ subject: "outage", text: "", size: HEAD.length + MAX_MAIL_BYTES, sha256: "" });
    expect(codes(message.problems)).toEqual(["tooLarge"]);
  });

  test("one byte less, and it is a mail like others", async () => {
    const raw = Buffer.concat([HEAD, Buffer.alloc(MAX_MAIL_BYTES - HEAD.length)]);
    const { stream } = streamOf(MAX_MAIL_BYTES, raw);
    const message = await parseMessage(stream, MAX_MAIL_BYTES);
    expect(message).toMatchObject({ text: "It is down.", size: MAX_MAIL_BYTES, problems: [] });
    expect(message.sha256).toBe(createHash("sha256").update(raw).digest("hex"));
  });

  test("a stream that fails is the store's failure, also of such a mail", async () => {
    const stream = Readable.from(
      (async function* () {
        yield Buffer.from("Subject: out");
        throw new Error("connection lost");
      })(),
    );
    await expect(parseMessage(stream, MAX_MAIL_BYTES + 1)).rejects.toThrow("connection lost");
  });
});

test.each([
  ["JSON on one line", '{"Records":[{"id":1}]}', "Records"],
  ["JSON lines", '{"id":1}\n{"id":2}\n', '"id":2'],
  ["a document", '{\n  "id": 1\n}\n', '"id": 1'],
  ["a JPEG", "\xff\xd8\xff\xe0\x00\x10JFIF\x00\n\n\x01", "JFIF"],
  ["a zip", "PK\x03\x04\x14\x00\x00\x00\x08\x00", "PK"],
  ["a PDF", "%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\n", "Catalog"],
])("%s has no header field, and what is text in it is read as such", async (_, content, word) => {
  const message = await parseMessage(Buffer.from(content, "latin1"));
  expect([message.rawHeaders, codes(message.problems)]).toEqual([[], expect.arrayContaining(["noHeaders"])]);
  expect(message.text).toContain(word);
});

test("one odd field among others is a field", async () => {
  const { rawHeaders } = await parseMessage(Buffer.from('{"id": 1}\r\nSubject: s\r\n\r\n'));
  expect(rawHeaders.map(({ name }) => name)).toEqual(['{"id"', "subject"]);
});

describe("trap 1.8, of a mail that kills its runs, the header alone", () => {
  test("is given when all of the mail has come", async () => {
    const { stream, taken } = streamOf(3 * CHUNK.length);
    const message = await parseHeader(stream, 3 * CHUNK.length);
    expect(message).toMatchObject({ subject: "outage", size: 3 * CHUNK.length, sha256: "", text: "", attachments: [] });
    expect(codes(message.problems)).toEqual(["givenUp"]);
    expect([stream.destroyed, taken.bytes]).toEqual([true, 3 * CHUNK.length]);
  });

  test.each([
    ["behind the header", [HEAD, CHUNK]],
    ["in the header", [Buffer.from("Subject: outage\r\n")]],
    ["at once", []],
  ])("is not given of one that breaks: %s", async (_, chunks) => {
    const broken = Readable.from(
      (function* () {
        yield* chunks;
        throw new Error("the connection is lost");
      })(),
      { objectMode: false },
    );
    await expect(parseHeader(broken)).rejects.toThrow("the connection is lost");
  });

  test.each([
    ["known beforehand", 5_000_000_000, 4 * CHUNK.length],
    ["found out on the way", undefined, MAX_MAIL_BYTES + 8 * CHUNK.length],
  ])("of a mail of 5 GB is given, and no more is read: %s", async (_, size, most) => {
    const { stream, taken } = streamOf(5_000_000_000);
    expect(await parseHeader(stream, size)).toMatchObject({ subject: "outage", text: "" });
    expect([stream.destroyed, taken.bytes < most]).toEqual([true, true]);
  });
});
