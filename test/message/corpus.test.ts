import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { Readable } from "node:stream";
import { expect, test } from "vitest";
import type { Message } from "../../shared/message/message.ts";
import { parseMessage } from "../../shared/message/parse-message.ts";

// Each NAME.json says what NAME.eml must yield, as far as it says anything: fields that it leaves out are not compared.
// The answers were written from the RFCs, not from what the parser printed. Those of the samples stand in corpus/samples.

type Expected = Partial<Omit<Message, "attachments" | "nested" | "problems">> & {
  readonly attachments?: readonly Partial<Message["attachments"][number]>[];
  readonly nested?: readonly Expected[];
  /** Codes only: the sentences are for people. */
  readonly problems?: readonly string[];
};

const CORPUS = join(import.meta.dirname, "../corpus");
const SAMPLES = join(import.meta.dirname, "../../samples/mail");

/** Mails that stand for a defect seen elsewhere. */
const TRAPS: Readonly<Record<string, string>> = {
  "samples/many-parts": "trap 2, 1,000 MIME parts: what was read until then is kept",
  "alternative-keyword-in-html-only": "trap 2, multipart/alternative with the keyword only in the html: both are there",
  "samples/bounce": "trap 2, message/delivery-status: it is not merged into text",
  "samples/complaint": "trap 2, inline message/rfc822: a report's original is not the mail's text",
  "rfc822-three-deep": "trap 2, message/rfc822 as an attachment: it is parsed, and what is attached to it",
  "rfc822-base64": "trap 2, message/rfc822 as an attachment: in base64, too",
  "windows-1252-undeclared": "trap 2, undeclared 8-bit text: it is decoded from its bytes, with a problem noted",
  "subject-raw-windows-1252": "trap 2, raw 8-bit Subject: it is decoded from its bytes",
  "iso-2022-jp-undeclared": "trap 2, undeclared ISO-2022-JP: its escape sequences tell",
  "charset-unknown": "trap 2, unknown labels: read by the bytes, with a problem noted",
  "utf8-labelled-latin1": "trap 2, UTF-8 bytes labelled iso-8859-1: no mojibake",
  "date-invalid": "trap 2, invalid Date header: null, never the time of parsing",
  "line-ends-bare-cr": "trap 2, bare-CR line ends: the mail is recognised",
  "content-type-without-subtype": "trap 2, Content-Type text without a subtype: the body is text",
  "uuencode-body": "trap 2, uuencode: the file's name is listed",
  "from-twice": "trap 2, duplicate From: neither is hidden",
  "header-space-before-colon": "trap 2, white space before the colon: the field is read",
  "filename-hostile": "trap 2, file names with paths, control and direction characters: cleaned",
};

function names(folder: string, extension: string): string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(extension))
    .map((file) => basename(file, extension))
    .sort();
}

const mails = [
  ...names(CORPUS, ".json").map((name) => ({ name, mail: `${CORPUS}/${name}.eml`, answer: `${CORPUS}/${name}.json` })),
  ...names(SAMPLES, ".eml").map((name) => ({
    name: `samples/${name}`,
    mail: `${SAMPLES}/${name}.eml`,
    answer: `${CORPUS}/samples/${name}.json`,
  })),
];
const pairs = mails.map((each) => ({
  ...each,
  title: TRAPS[each.name] ?? `${each.name} is parsed as its answer says`,
}));

function pick<T extends object>(wanted: Partial<Record<keyof T, unknown>>, from: T): Partial<T> {
  return Object.fromEntries(Object.entries(from).filter(([key]) => key in wanted)) as Partial<T>;
}

/** The message with only the fields that the answer speaks of, in the answer's form. */
function comparable(message: Message, expected: Expected): object {
  const { attachments, nested } = expected;
  return {
    ...pick(expected, message),
    ...(attachments && { attachments: message.attachments.map((file, n) => pick(attachments[n] ?? file, file)) }),
    ...(nested && { nested: message.nested.map((inner, n) => comparable(inner, nested[n] ?? { subject: "" })) }),
    ...(expected.problems && { problems: message.problems.map(({ code }) => code) }),
  };
}

/** A stream whose pieces end in the middle of lines, escape sequences and characters. */
function inPieces(raw: Buffer, size: number): Readable {
  const pieces = Array.from({ length: Math.ceil(raw.length / size) }, (_, n) => raw.subarray(n * size, (n + 1) * size));
  return Readable.from(pieces);
}

test("every trap has its mail", () => {
  expect(Object.keys(TRAPS).filter((name) => !mails.some((each) => each.name === name))).toEqual([]);
});

test("every mail of the corpus has an answer, and every answer a mail", () => {
  expect(names(CORPUS, ".json")).toEqual(names(CORPUS, ".eml"));
  expect(names(`${CORPUS}/samples`, ".json")).toEqual(names(SAMPLES, ".eml"));
});

test.each(pairs)("$title", async ({ mail, answer }) => {
  const expected: Expected = JSON.parse(readFileSync(answer, "utf8"));
  expect(comparable(await parseMessage(readFileSync(mail)), expected)).toEqual(expected);
});

test.each(pairs)("$name gives the same message from a stream cut anywhere", async ({ mail }) => {
  const raw = readFileSync(mail);
  const whole = await parseMessage(raw);
  expect(await parseMessage(inPieces(raw, 7))).toEqual(whole);
  expect(await parseMessage(inPieces(raw, 1009))).toEqual(whole);
});
