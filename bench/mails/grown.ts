import { createRandom, randomBytes } from "./random.ts";
import { english } from "./words.ts";

/** Mails of one kind, from small to large. */
interface Grown {
  readonly title: string;
  readonly unit: string;
  readonly mails: readonly { readonly size: number; readonly raw: Buffer }[];
}

const KILOBYTES = [2, 20, 200, 2_000, 16_000];
const COUNTS = [1, 10, 100, 1_000];

/** How a mail can grow: by its text, by its HTML, by a file, by parts, by attached messages, by addresses. */
export function grownMails(): readonly Grown[] {
  return [
    grown("text", "KB of text", KILOBYTES, (size) => part("text/plain", english(size * 1_000, createRandom(1)))),
    grown("HTML", "KB of HTML", KILOBYTES, (size) => part("text/html", paragraphs(size))),
    grown("one attachment", "KB of it", [20, 200, 2_000, 20_000, 40_000], attachment),
    grown("many small parts", "parts", COUNTS, (size) => multipart(size, part("text/plain", "Hello.\r\n"))),
    grown("many attached messages", "messages", [1, 10, 100, 200], (size) =>
      multipart(size, `Content-Type: message/rfc822\r\n\r\nSubject: inner\r\n\r\nHello.\r\n`),
    ),
    grown("many recipients in To", "addresses", [...COUNTS, 2_000], (size) => {
      const to = Array.from({ length: size }, (_, at) => `Reader ${at} <reader${at}@partner.example>`).join(",\r\n ");
      return `To: ${to}\r\n${part("text/plain", "Hello.\r\n")}`;
    }),
  ];
}

function grown(title: string, unit: string, sizes: readonly number[], make: (size: number) => string): Grown {
  const head = "From: kim@partner.example\r\nSubject: Status report\r\nMIME-Version: 1.0\r\n";
  return { title, unit, mails: sizes.map((size) => ({ size, raw: Buffer.from(head + make(size)) })) };
}

function part(type: string, body: string): string {
  return `Content-Type: ${type}; charset=utf-8\r\n\r\n${body}\r\n`;
}

function paragraphs(kilobytes: number): string {
  const random = createRandom(2);
  const one = (): string =>
    `<p style="margin:0 0 8px">${english(900, random)}&nbsp;<a href="https://a.example/">more</a></p>\r\n`;
  return Array.from({ length: kilobytes }, one).join("");
}

function attachment(kilobytes: number): string {
  const file = randomBytes(Math.floor((kilobytes * 1_000 * 57) / 78), createRandom(3)).toString("base64");
  const encoded = file.replace(/.{76}/g, "$&\r\n");
  return `Content-Type: application/pdf; name=a.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n${encoded}`;
}

function multipart(count: number, each: string): string {
  return `Content-Type: multipart/mixed; boundary=b\r\n\r\n${`--b\r\n${each}`.repeat(count)}--b--\r\n`;
}
