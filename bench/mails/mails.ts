import { iso2022jp } from "./iso-2022-jp.ts";
import { createRandom, type Random, randomBytes } from "./random.ts";
import { english, japanese } from "./words.ts";

/** A mail to measure with. */
export interface BenchMail {
  readonly name: string;
  readonly raw: Buffer;
}

const MEGABYTE = 1024 * 1024;
/** How many bytes of a file a byte of its lines of base64 stands for. */
const BASE64 = 57 / 78;

/** The mails that a desk gets, from a note to the largest that SES takes. The same for the same seed, to the byte. */
export function benchMails(seed = 1): readonly BenchMail[] {
  return Object.entries(MAKERS).map(([name, make]) => ({ name, raw: make(createRandom(seed)) }));
}

export function benchMail(name: keyof typeof MAKERS, seed = 1): Buffer {
  return MAKERS[name](createRandom(seed));
}

const MAKERS = {
  "text 2 KB": (random: Random) => mail(textPart(english(1_700, random))),
  "alternative 20 KB": (random: Random) => mail(alternative(english(6_000, random), page(10_000, random))),
  "html newsletter 150 KB": (random: Random) => mail(htmlPart(page(135_000, random))),
  "newsletter with text 150 KB": (random: Random) => mail(alternative(english(20_000, random), page(115_000, random))),
  "ISO-2022-JP 11 KB": (random: Random) => mail(japanesePart(japanese(5_000, random))),
  "attached messages": (random: Random) => mail(forwarded(random)),
  "attachment of 1 MB": (random: Random) => mail(withAttachment(MEGABYTE, random)),
  "attachment of 10 MB": (random: Random) => mail(withAttachment(10 * MEGABYTE, random)),
  "attachment of 40 MB": (random: Random) => mail(withAttachment(40 * MEGABYTE - 20_000, random)),
} as const satisfies Readonly<Record<string, (random: Random) => Buffer>>;

/** The fields that a mail has when SES stores it. */
const HEADER = [
  "Return-Path: <anna.kovac@partner.example>",
  "Received: from mail.partner.example (mail.partner.example [203.0.113.7])\r\n by inbound-smtp.eu-west-1.amazonaws.com with SMTP id o3vrnil0e2ic28tr\r\n for desk@example.com; Tue, 24 Nov 2026 08:00:00 +0000 (UTC)",
  "X-SES-Spam-Verdict: PASS",
  "X-SES-Virus-Verdict: PASS",
  "Received-SPF: pass (spfCheck: domain of partner.example designates 203.0.113.7 as permitted sender)",
  "Authentication-Results: amazonses.com; spf=pass; dkim=pass header.i=@partner.example; dmarc=pass",
  `DKIM-Signature: v=1; a=rsa-sha256; q=dns/txt; c=relaxed/simple; s=selector; d=partner.example;\r\n h=From:To:Subject:Date; bh=${"Zm9vYmFy".repeat(5)}=;\r\n b=${"QUJDREVGR0g".repeat(15)}`,
  "From: =?UTF-8?Q?Anna_Kova=C4=8D?= <anna.kovac@partner.example>",
  "To: Desk <desk@example.com>, Board <board@example.com>",
  "Subject: =?UTF-8?B?U3RhdHVzIHJlcG9ydCDigJMgTm92ZW1iZXI=?=",
  "Date: Tue, 24 Nov 2026 08:00:00 +0000",
  "Message-ID: <20261124080000.4711@partner.example>",
  "MIME-Version: 1.0",
].join("\r\n");

function mail(part: Buffer | string): Buffer {
  return Buffer.concat([Buffer.from(`${HEADER}\r\n`), Buffer.from(part)]);
}

function textPart(text: string): string {
  return `Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 7bit\r\n\r\n${text}\r\n`;
}

function htmlPart(html: string): string {
  return `Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n${quotedPrintable(html)}\r\n`;
}

function japanesePart(text: string): Buffer {
  const head = "Content-Type: text/plain; charset=ISO-2022-JP\r\nContent-Transfer-Encoding: 7bit\r\n\r\n";
  return Buffer.concat([Buffer.from(head), iso2022jp(text), Buffer.from("\r\n")]);
}

function alternative(text: string, html: string): string {
  return multipart("alternative", "alt-5f1c", [textPart(text), htmlPart(html)]);
}

function multipart(subtype: string, boundary: string, parts: readonly string[]): string {
  const inside = parts.map((part) => `--${boundary}\r\n${part}\r\n`).join("");
  return `Content-Type: multipart/${subtype}; boundary="${boundary}"\r\n\r\n${inside}--${boundary}--\r\n`;
}

function forwarded(random: Random): string {
  const inner = `Subject: inner\r\nFrom: kim@partner.example\r\n${alternative(english(3_000, random), page(5_000, random))}`;
  const outer = `Subject: outer\r\nFrom: lee@partner.example\r\n${multipart("mixed", "mid-77", [
    textPart(english(1_500, random)),
    `Content-Type: message/rfc822\r\n\r\n${inner}`,
  ])}`;
  const parts = [textPart(english(1_000, random)), `Content-Type: message/rfc822\r\n\r\n${outer}`];
  return multipart("mixed", "out-12", parts);
}

function withAttachment(size: number, random: Random): string {
  const file = randomBytes(Math.floor(size * BASE64), random).toString("base64");
  const encoded = file.replace(/.{76}/g, "$&\r\n");
  const head =
    'Content-Type: application/pdf; name="report.pdf"\r\nContent-Disposition: attachment; filename="report.pdf"\r\nContent-Transfer-Encoding: base64';
  return multipart("mixed", "mix-9a0b", [
    alternative(english(3_000, random), page(6_000, random)),
    `${head}\r\n\r\n${encoded}`,
  ]);
}

/** A page as mail programs are sent it: tables, inline styles, links with long addresses, about so many characters. */
function page(length: number, random: Random): string {
  const rows: string[] = [];
  for (let left = length; left > 0; left -= rows.at(-1)?.length ?? left) rows.push(row(random));
  return `<!doctype html><html><head><meta charset="utf-8"><style>td{font:14px/1.5 Arial,sans-serif;color:#333}a{color:#06c}</style></head><body><table width="600" cellpadding="0">\r\n${rows.join("\r\n")}\r\n</table></body></html>`;
}

function row(random: Random): string {
  const link = `https://news.partner.example/c/${randomBytes(24, random).toString("hex")}?utm_source=mail&amp;utm_campaign=november`;
  return `<tr><td style="padding:12px 24px;border-bottom:1px solid #eee"><h2 style="margin:0 0 8px">${english(40, random)}</h2>
<p style="margin:0">${english(240, random)}&nbsp;&mdash; caf&eacute;</p><a href="${link}" target="_blank" style="display:inline-block">${english(20, random)}</a>
<img src="https://img.partner.example/${randomBytes(8, random).toString("hex")}.png" width="1" height="1" alt=""></td></tr>`;
}

/** RFC 2045 section 6.7, for text that is ASCII. */
function quotedPrintable(text: string): string {
  return text
    .replace(/=/g, "=3D")
    .split(/\r?\n/)
    .map((line) => line.replace(/.{72}(?<!=.?)(?=.)/g, "$&=\r\n"))
    .join("\r\n");
}
