import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createHeaderReader, type HeaderBlock } from "../../../shared/message/header/header-block.ts";

/** Reads a mail given in chunks; `rest` is what follows the empty line. */
function read(...chunks: string[]): HeaderBlock & { rest: string | undefined } {
  const reader = createHeaderReader();
  const rest: Buffer[] = [];
  for (const chunk of chunks) {
    const body = reader.push(Buffer.from(chunk, "latin1"));
    if (body !== undefined) rest.push(body);
  }
  return { ...reader.block(), rest: rest.length === 0 ? undefined : Buffer.concat(rest).toString("latin1") };
}

const A_B = [
  { name: "a", value: "1" },
  { name: "b", value: "2" },
];

describe("the end of the header block", () => {
  test.each([
    ["CRLF", ["A: 1\r\nB: 2\r\n\r\nbody\r\n"], "body\r\n"],
    ["LF", ["A: 1\nB: 2\n\nbody"], "body"],
    ["an empty line cut after its CR", ["A: 1\r\nB: 2\r\n\r", "\nbody"], "body"],
    ["an empty line cut before its CR", ["A: 1\r\nB: 2\r\n", "\r\nbody"], "body"],
    ["a line end cut in the middle", ["A: 1\r", "\nB: 2\r\n\r\nbody"], "body"],
    ["a line end of CRCRLF cut after its first CR", ["A: 1\r\n\r", "\r\nB: 2\r\n\r\nbody"], "body"],
    ["a line cut in the middle", ["A: ", "1\r\nB", ": 2\r\n\r\nbo", "dy"], "body"],
    ["an empty body", ["A: 1\r\nB: 2\r\n\r\n"], ""],
    ["no end at all", ["A: 1\r\nB: 2"], undefined],
  ])("%s", (_, chunks, rest) => {
    expect(read(...chunks)).toMatchObject({ fields: A_B, cut: false, rest });
  });

  test("however a mail is cut into chunks, the same is read", () => {
    const mail = "A: 1\r\n x\r\nB: 2\r\n\r\nbody\r\n\r\nmore";
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: mail.length })), (cuts) => {
        const places = [0, ...cuts.sort((a, b) => a - b), mail.length];
        const chunks = places.slice(1).map((end, at) => mail.slice(places[at], end));
        expect(read(...chunks)).toEqual(read(mail));
      }),
    );
  });
});

describe("fields", () => {
  test.each([
    ["folded", "Subject: a\r\n b\r\n\tc\r\n\r\n", "a b\tc"],
    ["white space before the colon", "Subject  : a\r\n\r\n", "a"],
    ["no value", "Subject:\r\n\r\n", ""],
    ["after an mbox line", "From a@b Tue Nov 24 08:00:00 2026\r\nSubject: a\r\n\r\n", "a"],
    ["after a byte order mark on its own line", "\xef\xbb\xbf\r\nSubject: a\r\n\r\n", "a"],
    ["right behind a byte order mark", "\xef\xbb\xbfSubject: a\r\n\r\n", "a"],
    ["after a mangled line", "X: 1\r\nno field here\r\nSubject: a\r\n\r\n", "a"],
  ])("%s", (_, mail, value) => {
    expect(read(mail).fields.find(({ name }) => name === "subject")?.value).toBe(value);
  });

  test("trap 2, duplicate fields and `From  :` are all kept, in order", () => {
    const { fields } = read("From: a@b\r\nFrom  : c@d\r\nfrom: e@f\r\n\r\n");
    expect(fields.map(({ value }) => value)).toEqual(["a@b", "c@d", "e@f"]);
  });

  test("a body whose empty line is missing is given back", () => {
    const { fields, body } = read("Subject: a\r\nHello there,\r\nP.S: b\r\n");
    expect(fields).toEqual([{ name: "subject", value: "a" }]);
    expect(body.toString()).toBe("Hello there,\r\nP.S: b\r\n");
  });
});

describe("a line that is no field, before others", () => {
  test("is told with all lines behind it, as body to a stricter reader", () => {
    const { fields, body, doubtful } = read("X: 1\nno field here\nSubject: a\n\nbody");
    expect(fields.map(({ name }) => name)).toEqual(["x", "subject"]);
    expect({ body: body.toString(), doubtful: doubtful.toString() }).toEqual({
      body: "",
      doubtful: "no field here\nSubject: a\n",
    });
  });
  test("up to where the body begins for all", () => {
    const { body, doubtful } = read("X: 1\nno field\nSubject: a\nHello\n\nmore");
    expect({ body: body.toString(), doubtful: doubtful.toString() }).toEqual({
      body: "Hello\n\n",
      doubtful: "no field\nSubject: a\n",
    });
  });
  test.each([
    ["an mbox line", "From a@b Tue Nov 24 08:00:00 2026\nSubject: a\n\n"],
    ["a folded field", "Subject: a\n b\n\n"],
  ])("%s is none", (_, mail) => {
    expect(read(mail).doubtful.toString()).toBe("");
  });
});

describe("the delimiter of the multipart that a header declares ends it", () => {
  const type = 'Content-Type: multipart/mixed; boundary="b"\n';
  test.each([
    ["right behind the fields", `${type}--b\nSubject: a\n\nrest`, "--b\nSubject: a\n\n"],
    ["with white space behind it", `${type}--b \t\r\nSubject: a\n\nrest`, "--b \t\r\nSubject: a\n\n"],
    ["before it is declared", `--b\n${type}Subject: a\n\nrest`, ""],
    ["of another boundary", `${type}--c\nSubject: a\n\nrest`, ""],
    ["of the fifth Content-Type", `${"Content-Type: text/plain\n".repeat(4)}${type}--b\nSubject: a\n\nrest`, ""],
  ])("%s", (_, mail, body) => {
    expect(read(mail).body.toString()).toBe(body);
  });
});

describe("trap 2, headers above about 1 MB", () => {
  test("100,000 lines: the first 10,000 are kept", () => {
    const { fields, cut, rest } = read(`Subject: a\r\n${"X: 1\r\n".repeat(100_000)}\r\nbody`);
    expect({ first: fields[0], count: fields.length, cut, rest }).toEqual({
      first: { name: "subject", value: "a" },
      count: 10_000,
      cut: true,
      rest: "body",
    });
  });
  test("one field of 2 MB: cut, and the body is still found", () => {
    const { fields, cut, rest } = read(`To: ${"a@b.example, ".repeat(160_000)}\r\n\r\nbody`);
    expect({ names: fields.map(({ name }) => name), cut, rest }).toEqual({ names: ["to"], cut: true, rest: "body" });
  });
});

test("any bytes give fields, and their values hold no line end", () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom("A:", "b", " ", "\t", "\r", "\n", "\r\n", ":", "\xff"), { maxLength: 40 }),
      (pieces) => {
        for (const { name, value } of read(pieces.join("")).fields) expect(`${name}${value}`).not.toContain("\n");
      },
    ),
  );
});
