import { header, lines, textHeader } from "../support/raw-mails.ts";
import { filled, type HostileMail, KEYWORD, type Megabytes, times } from "./hostile-mail.ts";

const BASE64 = lines("QUJD".repeat(19));

function attached(type: string, encoding: string, ...fields: readonly string[]): string {
  const top = header("Subject: s", "Content-Type: multipart/mixed; boundary=b");
  const text = lines("--b", "Content-Type: text/plain", "", KEYWORD);
  return top + text + lines("--b", `Content-Type: ${type}`, `Content-Transfer-Encoding: ${encoding}`, ...fields, "");
}

/** Mails that are large, or of unlikely bytes. */
export function sizeMails(megabytes: Megabytes): readonly HostileMail[] {
  return [
    {
      name: "no bytes",
      why: "an object that was stored empty",
      *pieces() {},
    },
    {
      name: "nothing but line ends",
      why: "a header that ends at once, a body without a text",
      *pieces() {
        yield* filled("\r\n", megabytes(10));
      },
    },
    {
      name: "a JPEG",
      why: "no mail, but bytes that look like anything",
      *pieces() {
        yield "\xff\xd8\xff\xe0\0\x10JFIF\0";
        yield* times(40_000, (n) => String.fromCharCode(n % 256, (n * 7) % 256, (n * 31) % 256, 0xff, n % 11));
      },
    },
    {
      name: "a ZIP",
      why: "no mail, and a header that may begin anywhere",
      *pieces() {
        yield "PK\x03\x04\x14\0\0\0\x08\0a.txt: \n\nPK\x01\x02";
        yield* filled("PK\x05\x06\0\0: \r\n\0", megabytes(2));
      },
    },
    {
      name: "1 MB of one-character lines",
      why: "each line costs a call of everything that reads lines",
      *pieces() {
        yield textHeader("text/plain");
        yield* filled("a\r\n", 3_000_000);
      },
    },
    {
      name: "40 MB of text in one line",
      why: "whoever waits for the end of the line holds it all",
      *pieces() {
        yield textHeader("text/plain");
        yield* filled("word ", megabytes(39.9));
      },
    },
    {
      name: "16 MB of the keyword",
      why: "each place that is found costs an object, in the record too",
      found: KEYWORD,
      *pieces() {
        yield textHeader("text/plain");
        yield* filled(`${KEYWORD} `, megabytes(16));
      },
    },
    {
      name: "16 MB that patterns nearly match",
      why: "an expression that backtracks takes quadratic time, RE2 its worst",
      *pieces() {
        yield textHeader("text/plain");
        yield* filled("ababbaab", megabytes(16));
      },
    },
    {
      name: "a base64 attachment of 40 MB",
      why: "decoded and held it takes 30 MB and a copy",
      found: KEYWORD,
      *pieces() {
        yield attached("application/zip; name=a.zip", "base64");
        yield* filled(BASE64, megabytes(39.9));
        yield lines("--b--");
      },
    },
    {
      name: "base64 text of 40 MB in one line, with rubbish",
      why: "what is no base64 has to be left out before",
      *pieces() {
        yield textHeader("text/plain; charset=utf-8", "Content-Transfer-Encoding: base64");
        yield* filled("QUJD=*\0QQ", megabytes(39.9));
      },
    },
    {
      name: "quoted-printable of 40 MB",
      why: "each of its bytes is three, each line a soft one",
      *pieces() {
        yield textHeader("text/plain; charset=utf-8", "Content-Transfer-Encoding: quoted-printable");
        yield* filled("=E9=9A=9C=E5=\r\n=AE=B3=", megabytes(39.9));
      },
    },
    {
      name: "uuencode that begins a million times",
      why: "each beginning looks for its end to the end: quadratic",
      *pieces() {
        yield textHeader("text/plain");
        yield* filled("begin 644 a.exe\r\nM", megabytes(16));
      },
    },
    {
      name: "10 MB of lines that end in CR alone",
      why: "to a reader of lines it is one line, and no header",
      found: KEYWORD,
      *pieces() {
        yield `From: ana@client.example\rSubject: s\r\r${KEYWORD}\r`;
        yield* filled("text\r", megabytes(10));
      },
    },
    {
      name: "flowed text quoted a million deep",
      why: "RFC 3676: the depth is counted for each line, and the lines joined",
      *pieces() {
        yield textHeader("text/plain; format=flowed; delsp=yes");
        yield* filled(">", 1_000_000);
        yield lines(" a ");
        yield* filled(`${">".repeat(70)} a \r\n`, megabytes(10));
      },
    },
    {
      name: "more than 40 MB",
      why: "SES takes no such mail, but the bucket does",
      *pieces() {
        yield attached("application/octet-stream", "base64");
        yield* filled(BASE64, megabytes(44));
      },
    },
  ];
}
