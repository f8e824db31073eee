import {
  base64,
  ENVELOPE,
  encodedWords,
  htmlMail,
  join,
  mailOf,
  multipartMail,
  partOf,
  quotedPrintable,
  rawMail,
} from "../support/raw-mails.ts";
import { type Evasion, evasionsIn } from "./evasion.ts";

const KANJI = "大障害発生";
const bytesOf = (text: string) => Buffer.from(text);
const subjectMail = (subject: string) => rawMail({ ...ENVELOPE, Subject: subject }, "See above.");
const plain = (body: string) => partOf("text/plain; charset=utf-8", body);
const inMail = (body: string) => rawMail({ ...ENVELOPE, Subject: "Fwd" }, body);
const attached = (inner: Buffer, disposition = "attachment; filename=mail.eml") =>
  rawMail({ "Content-Type": "message/rfc822", "Content-Disposition": disposition }, inner);
const many = (before: number, after: number) =>
  multipartMail("mixed", [
    ...Array.from({ length: before }, () => plain("nothing")),
    plain("An outage."),
    ...Array.from({ length: after }, () => plain("nothing")),
  ]);

/** Line ends other than CRLF. */
const withLineEnds = (mail: Buffer, end: string) => bytesOf(mail.toString().replaceAll("\r\n", end));

const inText = evasionsIn("text", [
  ["a soft line break of quoted-printable inside a word", mailOf("An out=\r\nage.", undefined, "quoted-printable")],
  ["one with spaces behind it", mailOf("An out= \t\r\nage.", undefined, "quoted-printable")],
  ["one of LF", mailOf("An out=\nage.", undefined, "quoted-printable")],
  ["quoted-printable in small letters", mailOf("An =6f=75=74=61ge.", undefined, "quoted-printable")],
  [
    "every byte in quoted-printable, a soft break behind each",
    mailOf(quotedPrintable(KANJI, 1), undefined, "quoted-printable"),
    "障害",
    "障害",
  ],
  ["base64", mailOf(base64("An outage."), undefined, "base64")],
  ["base64 in upper case, and with a semicolon", mailOf(base64("An outage."), undefined, "BASE64;")],
  ["base64 in lines of one character", mailOf(base64(KANJI, 1), undefined, "base64"), "障害", "障害"],
  [
    "base64 in lines of five characters, which part bytes",
    mailOf(base64(KANJI, 5), undefined, "base64"),
    "障害",
    "障害",
  ],
  ["base64 without its padding", mailOf(base64("An outage.").replaceAll("=", ""), undefined, "base64")],
  ["a Japanese keyword across a line break", mailOf("大障\r\n害発生"), "障\n害", "障害"],
  ["a Japanese keyword across a line break with an indent", mailOf("大障\r\n　害発生"), "障\n　害", "障害"],
  [
    "a Japanese keyword across a line break of flowed text",
    mailOf("大障 \r\n害発生", "text/plain; charset=utf-8; format=flowed; delsp=yes"),
    "障害",
    "障害",
  ],
  ["a keyword of two words across lines", mailOf("the service\r\n  down"), "service\n  down", "service down"],
  [
    "a keyword of two words across lines of flowed text",
    mailOf("the service \r\ndown", "text/plain; format=flowed"),
    "service down",
    "service down",
  ],
  ["trap 2, bare CR line ends", withLineEnds(mailOf("An outage."), "\r")],
  ["bare LF line ends", withLineEnds(mailOf("An outage."), "\n")],
  ["a multipart mail of bare CR line ends", withLineEnds(multipartMail("mixed", [plain("An outage.")]), "\r")],
  ["trap 2, Content-Type: text without a subtype", mailOf("An outage.", "text")],
  ["Content-Type: constructor, a word that every object has", mailOf("An outage.", "constructor")],
  ["no Content-Type", inMail("An outage.")],
  ["a Content-Type that cannot be read", mailOf("An outage.", "???")],
  ["the part before the 1,000th of 1,200", many(998, 201)],
  ["a text part after 900 parts", many(900, 0)],
  ["trap 2, 1,000 MIME parts, the keyword in the first", many(0, 1_199)],
  ["a multipart that is never closed", multipartMail("mixed", [plain("nothing"), plain("An outage.")], "")],
  ["a boundary that is cut off", multipartMail("mixed", [plain("An outage.")], "--=_")],
  [
    "multiparts inside each other, never closed",
    multipartMail(
      "mixed",
      [rawMail({ "Content-Type": "multipart/mixed; boundary=in" }, join("--in\r\n", plain("An outage."), "\r\n"))],
      "",
    ),
  ],
  ["100 multiparts inside each other", nestedMultiparts(100)],
  ["quoted-printable with broken escapes", mailOf("=ZZ =\r\n= outage =", undefined, "quoted-printable")],
]);

function nestedMultiparts(depth: number): Buffer {
  let body: Buffer = plain("An outage.");
  for (let level = 0; level < depth; level++) {
    body = rawMail(
      { "Content-Type": `multipart/mixed; boundary=b${level}` },
      join(`--b${level}\r\n`, body, `\r\n--b${level}--\r\n`),
    );
  }
  return multipartMail("mixed", [body]);
}

const inSubject = evasionsIn("subject", [
  ["encoded words in base64 split inside the keyword", subjectMail(encodedWords("An outage", "B", 5))],
  ["encoded words in Q split inside the keyword", subjectMail(encodedWords("An outage", "Q", 5))],
  [
    "encoded words in base64 split between bytes of a character",
    subjectMail(encodedWords(KANJI, "B", 4)),
    "障害",
    "障害",
  ],
  ["encoded words in Q split between bytes of a character", subjectMail(encodedWords(KANJI, "Q", 4)), "障害", "障害"],
  ["an encoded word of each byte", subjectMail(encodedWords(KANJI, "Q", 1)), "障害", "障害"],
  ["encoded words in small letters, of UTF-8 with a language", subjectMail("=?UTF-8*en?q?out?= =?utf-8?q?age?=")],
  ["a subject that is folded between words", subjectMail("service\r\n\tdown"), "service\tdown", "service down"],
  ["raw UTF-8 in the subject", subjectMail(KANJI), "障害", "障害"],
]);

const inAttached = [
  ...evasionsIn(
    "text",
    [
      [
        "trap 2, message/rfc822 as an attachment",
        multipartMail("mixed", [plain("See there."), attached(inMail("An outage."))]),
      ],
      [
        "an attached message in base64",
        multipartMail("mixed", [
          rawMail(
            { "Content-Type": "message/rfc822", "Content-Transfer-Encoding": "base64" },
            base64(inMail("An outage.")),
          ),
        ]),
      ],
      [
        "an attached message of which the mail consists",
        rawMail({ ...ENVELOPE, "Content-Type": "message/rfc822" }, inMail("An outage.")),
      ],
    ],
    "nested[0].text",
  ),
  ...evasionsIn(
    "text",
    [["an attached message with html", multipartMail("mixed", [attached(htmlMail("<p>out<b>age</b></p>"), "inline")])]],
    "nested[0].html",
  ),
  ...evasionsIn(
    "text",
    [
      [
        "a message attached to an attached message",
        multipartMail("mixed", [
          attached(
            rawMail(
              { "Content-Type": "multipart/mixed; boundary=in" },
              join("--in\r\n", attached(inMail("An outage.")), "\r\n--in--"),
            ),
          ),
        ]),
      ],
    ],
    "nested[0].nested[0].text",
  ),
  ...evasionsIn(
    "text",
    [
      [
        "the subject of a message in a digest",
        multipartMail("digest", [join("\r\n", rawMail({ Subject: "An outage" }, "x"))]),
      ],
    ],
    "nested[0].subject",
  ),
];

/** What the structure of a mail and its encodings can do. */
export const hiddenByMime: readonly Evasion[] = [...inText, ...inSubject, ...inAttached];
