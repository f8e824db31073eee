import { iso2022jp } from "./iso-2022-jp.ts";
import { createRandom } from "./random.ts";

/** What the mails of the folder are: how many of a hundred, and how one is made. */
interface Kind {
  readonly share: number;
  readonly compose: (words: Words) => string;
}

/** Draws the same words for the same seed and number on any machine. */
interface Words {
  readonly draw: (below: number) => number;
  readonly subject: string;
}

/** The word that a rule of the samples looks for is one of many, so that some mails match and most do not. */
const ENGLISH =
  "the a of backup finished on host disk usage at report for week customer order shipped invoice number please find attached our team meeting moved to monday thanks service restarted after update log shows warning about memory and latency within limits outage".split(
    " ",
  );
const JAPANESE =
  "本日 の 定期 点検 は 完了 しました 監視 サーバー から お知らせ です ご確認 ください よろしく お願い いたします 障害".split(
    " ",
  );

const KINDS: readonly Kind[] = [
  { share: 70, compose: plain },
  { share: 15, compose: japanese },
  { share: 14, compose: alternative },
  { share: 1, compose: newsletter },
];

/** One small mail of a large folder: the same bytes for the same seed and number. */
export function replayMail(seed: number, number: number): Buffer {
  const random = createRandom(seed ^ Math.imul(number + 1, 0x9e3779b1));
  const draw = (below: number): number => Math.floor(random() * below);
  const subject = `${number} ${sentence(draw, 5)}`;
  let left = draw(100);
  const kind = KINDS.find(({ share }) => {
    left -= share;
    return left < 0;
  });
  const head = [
    `Received: from mx${draw(9)}.acme.example (mx.acme.example [192.0.2.${draw(255)}]) by inbound-smtp.eu-west-1.amazonaws.com`,
    `  with SMTP id ${draw(2 ** 31).toString(36)}${number.toString(36)} for desk@example.com; Tue, 24 Nov 2026 08:00:00 +0000 (UTC)`,
    `From: "Monitor ${draw(50)}" <monitor${draw(50)}@acme.example>`,
    "To: desk@example.com",
    `Message-ID: <${number}.${draw(2 ** 31)}@acme.example>`,
    "Date: Tue, 24 Nov 2026 08:00:00 +0000",
    "MIME-Version: 1.0",
  ];
  return Buffer.from(`${head.join("\r\n")}\r\n${(kind ?? KINDS[0])?.compose({ draw, subject })}`, "latin1");
}

/** 2 KB. */
function plain({ draw, subject }: Words): string {
  return `Subject: ${subject}\r\nContent-Type: text/plain; charset=us-ascii\r\n\r\n${prose(draw, 1500)}`;
}

/** 4 KB in the charset of Japanese mail. */
function japanese({ draw, subject }: Words): string {
  const lines = Array.from({ length: 60 }, () => iso2022jp(phrase(draw)).toString("latin1"));
  const encoded = iso2022jp(phrase(draw)).toString("base64");
  const fields = [`Subject: ${subject.split(" ")[0]} =?ISO-2022-JP?B?${encoded}?=`, "Content-Transfer-Encoding: 7bit"];
  return `${fields.join("\r\n")}\r\nContent-Type: text/plain; charset=ISO-2022-JP\r\n\r\n${lines.join("\r\n")}\r\n`;
}

/** 20 KB: text and HTML of the same. */
function alternative({ draw, subject }: Words): string {
  return [
    `Subject: ${subject}\r\nContent-Type: multipart/alternative; boundary="=_part"\r\n`,
    `--=_part\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${prose(draw, 6000)}`,
    `--=_part\r\nContent-Type: text/html; charset=utf-8\r\n\r\n${html(draw, 13_000)}`,
    "--=_part--\r\n",
  ].join("\r\n");
}

/** 150 KB of HTML alone. */
function newsletter({ draw, subject }: Words): string {
  return `Subject: ${subject}\r\nContent-Type: text/html; charset=utf-8\r\n\r\n${html(draw, 150_000)}`;
}

function html(draw: Words["draw"], length: number): string {
  let body = "";
  while (body.length < length)
    body += `<tr><td class="c" style="color:#333333;font-family:Arial,sans-serif"><a href="https://acme.example/n/${draw(1e6)}">${sentence(draw, 12)}</a></td></tr>\r\n`;
  return `<html><head><style>.c{padding:4px}</style></head><body><table>\r\n${body}</table></body></html>\r\n`;
}

function prose(draw: Words["draw"], length: number): string {
  let text = "";
  while (text.length < length) text += `${sentence(draw, 11)}\r\n`;
  return text;
}

function sentence(draw: Words["draw"], length: number): string {
  return words(draw, ENGLISH, length).join(" ");
}

function phrase(draw: Words["draw"]): string {
  return words(draw, JAPANESE, 8).join("");
}

/** The last word of the vocabulary is an event, which is rare. */
function words(draw: Words["draw"], vocabulary: readonly string[], length: number): (string | undefined)[] {
  const rare = vocabulary.length - 1;
  return Array.from({ length }, () => vocabulary[draw(5000) === 0 ? rare : draw(rare)]);
}
