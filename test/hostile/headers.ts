import { header, lines } from "../support/raw-mails.ts";
import { filled, type HostileMail, KEYWORD, type Megabytes, times } from "./hostile-mail.ts";

const BODY = lines("Content-Type: text/plain", "", KEYWORD);

/** Header fields that are many, long, or hard to read. */
export function headerMails(megabytes: Megabytes): readonly HostileMail[] {
  return [
    {
      name: "100,000 header fields",
      why: "mailparser throws above a megabyte of header; each field costs an object",
      found: KEYWORD,
      *pieces() {
        yield* times(100_000, (place) => lines(`X-${place}: value of it`));
        yield BODY;
      },
    },
    {
      name: "200,000 recipients",
      why: "each address becomes an object, in the record and in every alert",
      found: KEYWORD,
      *pieces() {
        yield "To: ";
        yield* times(200_000, (place) => `"Name ${place}" <r${place}@acme.example>,\r\n `);
        yield lines("last@acme.example") + BODY;
      },
    },
    {
      name: "a header line of 5 MB",
      why: "it is held whole, decoded, copied",
      found: KEYWORD,
      *pieces() {
        yield "X-Long: ";
        yield* filled("word ", megabytes(5));
        yield lines("") + BODY;
      },
    },
    {
      name: "a field folded 300,000 times",
      why: "unfolding line by line copies what was unfolded before: quadratic",
      found: KEYWORD,
      *pieces() {
        yield "Subject: a";
        yield* filled("\r\n ", 900_000);
        yield lines("") + BODY;
      },
    },
    {
      name: "100,000 encoded words in a subject",
      why: "each is decoded, those of one charset are joined before",
      found: KEYWORD,
      *pieces() {
        yield "Subject:";
        yield* times(100_000, () => " =?utf-8?Q?a?=");
        yield lines("") + BODY;
      },
    },
    {
      name: "encoded words that never end",
      why: "each beginning looks for its end to the end of the field: quadratic",
      found: KEYWORD,
      *pieces() {
        yield "Subject: ";
        yield* filled("=?utf-8?B?", 900_000);
        yield lines("", "From: =?utf-8?Q?=?=?=?=?=?utf-8?", "") + BODY;
      },
    },
    {
      name: "a keyword split over encoded words, inside characters",
      why: "RFC 2047 forbids it and senders do it: each word by itself is no text",
      found: KEYWORD,
      *pieces() {
        const [first = "", ...rest] = [...Buffer.from(KEYWORD)].map((byte) => `=?utf-8?Q?=${byte.toString(16)}?=`);
        yield header(`Subject: ${first}`, ...rest.map((word) => ` ${word}`), " =?utf-8?B?6Zo=?=", " =?utf-8?B?nA==?=");
      },
    },
    {
      name: "a file name in 10,000 continuations",
      why: "RFC 2231 numbers them: sorting and joining them one by one is quadratic",
      found: KEYWORD,
      *pieces() {
        yield header("Subject: s", "Content-Type: multipart/mixed; boundary=b") + lines("--b");
        yield "Content-Disposition: attachment";
        yield* times(10_000, (place) => `;\r\n filename*${9_999 - place}*=utf-8''%E9%9A${place % 10}`);
        yield lines("", "", "x", "--b", "Content-Type: text/plain", "", KEYWORD);
      },
    },
    {
      name: "a file name of 1 MB, with paths and direction marks",
      why: "it would stand in every record and alert, and do what its characters say",
      *pieces() {
        yield header("Subject: s", "Content-Type: multipart/mixed; boundary=b") + lines("--b");
        yield 'Content-Disposition: attachment; filename="';
        yield* filled('..\\../\u0007\xe2\x80\xae\\"', 900_000);
        yield lines('"', "", "x", "--b--");
      },
    },
    {
      name: "comments inside comments in addresses",
      why: "RFC 5322 nests them without end: recursion ends in a stack overflow",
      found: KEYWORD,
      *pieces() {
        yield "From: ";
        yield* filled("(", 400_000);
        yield " a@client.example ";
        yield* filled(")", 400_000);
        yield lines("") + BODY;
      },
    },
    {
      name: "groups, quotes and routes that never end in addresses",
      why: "each opens a reading that looks for its end to the end of the field",
      found: KEYWORD,
      *pieces() {
        for (const name of ["From", "To", "Cc", "Reply-To"]) {
          yield `${name}: `;
          yield* filled('a:<@b,@c:"\\"\\\\<;', 200_000);
          yield lines("");
        }
        yield BODY;
      },
    },
    {
      name: "dates, servers and results that backtrack",
      why: "expressions with nested repetition take exponential time on them",
      found: KEYWORD,
      *pieces() {
        yield lines(`Date: ${"Fri, ".repeat(30_000)}${" ".repeat(60_000)}20 Nov`);
        yield* times(20, () => lines(`Received: ${"from (a [1.1.1.1 ".repeat(2_000)}; ${"(".repeat(2_000)}`));
        yield lines(`Authentication-Results: ${"a=b (".repeat(10_000)}${"; dkim=pass ".repeat(10_000)}`);
        yield lines(`Received-SPF: ${"pass (".repeat(10_000)}${" envelope-from=".repeat(10_000)}`);
        yield lines(`Message-ID: ${"<".repeat(50_000)}${" ".repeat(50_000)}`) + BODY;
      },
    },
    {
      name: "100,000 parameters of a Content-Type",
      why: "each is looked for among all of them, or only the last one counts",
      found: KEYWORD,
      *pieces() {
        yield "Content-Type: text/plain";
        yield* times(60_000, (place) => `; p${place}="v\\"`);
        yield lines("; charset=utf-8", "", KEYWORD);
      },
    },
    {
      name: "no header at all, a line of 10 MB",
      why: "whoever looks for the colon of the first field reads it all",
      *pieces() {
        yield* filled("x", megabytes(10));
      },
    },
  ];
}
