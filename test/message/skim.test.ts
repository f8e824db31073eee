import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { EVASIONS } from "../evasion/evasions.ts";
import { mutatedMail } from "../fuzz/mail-mutations.ts";
import { parsedInEveryWay } from "../support/ways-to-parse.ts";

// Bodies are passed over by a search for bytes, and files are counted, not decoded. Each mail here is read in the slow ways too, and must come out the same.

/** Real mail beside the project, where there is some. */
const REAL_MAIL = join(import.meta.dirname, "../../../shared/corpus");

async function expectOneMessage(raw: Buffer, pieces?: readonly number[]): Promise<void> {
  const [slow, ...others] = await parsedInEveryWay(raw, pieces);
  for (const other of others) expect(other).toEqual(slow);
}

const lineEnd = fc.constantFrom("\r\n", "\n", "\r", "\r\r\n", "\n\r", "");

/** Boundaries that are a beginning of others, or nothing but dashes, or need quotes. */
const boundary = fc.constantFrom("b", "bb", "b--", "--", "-", "=_b", "b b", "b:1", "B");

/** What stands in a body: base64 and what is not, whole delimiters and halves of them, with line ends in all places. */
const content = fc
  .array(
    fc.oneof(
      { weight: 4, arbitrary: fc.base64String({ maxLength: 80 }) },
      fc.constantFrom(
        "--",
        "-",
        "--b",
        "--b--",
        "--bb",
        "---",
        "-- ",
        "--b \t",
        "==",
        "=",
        "A=B=C",
        " --b",
        "\xff",
        "outage",
        "",
      ),
      lineEnd,
    ),
    { maxLength: 12 },
  )
  .chain((pieces) => lineEnd.map((end) => pieces.join(end)));

const leaf = fc
  .record({
    type: fc.constantFrom(
      "text/plain",
      "text/html",
      "application/pdf",
      "message/rfc822",
      "application/ms-tnef",
      "image/png; name=a.png",
    ),
    encoding: fc.constantFrom("base64", "BASE64 (by hand)", "quoted-printable", "7bit", "x-uuencode", ""),
    empty: lineEnd,
    content,
    end: lineEnd,
  })
  .map(({ type, encoding, empty, content: body, end }) =>
    [`Content-Type: ${type}${end}`, `Content-Transfer-Encoding: ${encoding}${end}`, empty, body].join(""),
  );

/** Parts in parts, their delimiters sometimes another's, misspelt, unclosed. */
const { part } = fc.letrec<{ part: string }>((tie) => ({
  part: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    leaf,
    fc
      .record({
        own: boundary,
        said: fc.option(boundary, { nil: undefined }),
        quotes: fc.boolean(),
        preamble: fc.oneof(fc.constant(""), content),
        parts: fc.array(tie("part"), { maxLength: 4 }),
        end: lineEnd,
        close: fc.constantFrom("--", "", "-", "-- \t"),
      })
      .map(({ own, said = own, quotes, preamble, parts, end, close }) => {
        const value = quotes ? `"${said}"` : said;
        const body = parts.map((each) => `--${own}${end}${each}${end}`).join("");
        return `Content-Type: multipart/mixed; boundary=${value}${end}${end}${preamble}${end}${body}--${own}${close}${end}`;
      }),
  ),
}));

const pieces = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 2 });

describe("a mail comes out the same whether its files are passed over or read", () => {
  test("structures of all kinds, in pieces of any size", async () => {
    await fc.assert(
      fc.asyncProperty(part, pieces, (mail, sizes) =>
        expectOneMessage(Buffer.from(`Subject: outage\r\n${mail}`, "latin1"), sizes),
      ),
      { numRuns: 1_500 },
    );
  });

  test("mails of ours, changed at random", async () => {
    await fc.assert(
      fc.asyncProperty(mutatedMail, (mail) => expectOneMessage(Buffer.from(mail, "latin1"))),
      { numRuns: 500 },
    );
  });

  test.each(EVASIONS)("$title", ({ mail }) => expectOneMessage(mail, [1, 997]));

  test.skipIf(!existsSync(REAL_MAIL))("real mail", { timeout: 300_000 }, async () => {
    const files = readdirSync(REAL_MAIL, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    for (const { parentPath, name } of files) await expectOneMessage(readFileSync(join(parentPath, name)));
    expect(files.length).toBeGreaterThan(0);
  });
});

describe("the size of a file in base64", () => {
  test.each([
    ["", 0],
    ["QUJD", 3],
    ["QUJ", 2],
    ["Q", 0],
    ["QQ==QUI=", 3],
    ["Q U\r\nJ\tD", 3],
    ["-_QUJD", 3],
    ["\xffQUJD\0", 3],
  ])("%j has %i bytes", async (encoded, size) => {
    const raw = Buffer.from(`Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\n${encoded}`, "latin1");
    for (const { attachments } of await parsedInEveryWay(raw, [1, 2, 3])) expect(attachments).toMatchObject([{ size }]);
  });
});
