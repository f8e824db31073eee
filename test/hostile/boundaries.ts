import { header, lines, textHeader } from "../support/raw-mails.ts";
import { filled, type HostileMail, KEYWORD, type Megabytes, times } from "./hostile-mail.ts";

const MIXED = header("Subject: s", "Content-Type: multipart/mixed; boundary=b");
const TEXT = lines("--b", "Content-Type: text/plain", "", KEYWORD);

/** Boundaries that are hard to tell from text, types that contradict each other, and mails that end in the middle. */
export function boundaryMails(megabytes: Megabytes): readonly HostileMail[] {
  return [
    {
      name: "boundaries that begin each other",
      why: "a reader that compares the beginning of a line closes the wrong part",
      found: KEYWORD,
      *pieces() {
        yield header("Subject: s", "Content-Type: multipart/mixed; boundary=a");
        yield lines("--a", "Content-Type: multipart/mixed; boundary=ab", "");
        yield lines("--ab", "Content-Type: multipart/alternative; boundary=abc", "");
        yield lines("--abc", "", "plain", "--abc--", "--ab", "Content-Type: text/plain", "", KEYWORD);
        yield lines("--ab--", "--a", "", "last", "--a--");
      },
    },
    {
      name: "a boundary of one dash",
      why: "any line of dashes may be one",
      *pieces() {
        yield header("Subject: s", 'Content-Type: multipart/mixed; boundary="-"');
        yield* times(20_000, (n) => lines("-".repeat(n % 7), "", KEYWORD));
      },
    },
    ...["-", "-\r\n", `${"-".repeat(76)}\r\n`, "--\r\n", "\r--"].map((dashes) => ({
      name: `a file of nothing but ${JSON.stringify(dashes)}`,
      why: "each dash may be the first of a delimiter, and the search for one may begin anew at each",
      found: KEYWORD,
      *pieces() {
        yield MIXED + TEXT + lines("--b", "Content-Type: application/zip", "Content-Transfer-Encoding: base64", "");
        yield* filled(dashes, megabytes(39));
        yield lines("", "--b--");
      },
    })),
    {
      name: "a boundary of 10,000 characters",
      why: "RFC 2046 allows 70; each line could begin with it",
      *pieces() {
        const boundary = "x".repeat(10_000);
        yield header("Subject: s", `Content-Type: multipart/mixed; boundary="${boundary}"`);
        yield lines(`--${boundary}`, "Content-Type: text/plain", "", KEYWORD);
        yield* times(100, () => lines(`--${boundary.slice(1)}`));
        yield lines(`--${boundary}--`);
      },
    },
    {
      name: "an empty boundary, and none",
      why: "every line that begins with two dashes is one, or none ever is",
      *pieces() {
        yield header("Subject: s", 'Content-Type: multipart/mixed; boundary=""');
        yield lines("--", "Content-Type: multipart/mixed", "", "--", "", KEYWORD, "----");
      },
    },
    {
      name: "three Content-Types that contradict each other",
      why: "readers disagree on which counts, so the words stand where ours does not look",
      *pieces() {
        yield header(
          "Subject: s",
          "Content-Type: multipart/mixed; boundary=b",
          "Content-Type: text/plain",
          "Content-Type: image/png; boundary=c",
          "Content-Transfer-Encoding: base64",
          "Content-Transfer-Encoding: 7bit",
        );
        yield lines("--b", "Content-Type: text/html", "Content-Type: text/plain", "", KEYWORD, "--c", "", KEYWORD);
      },
    },
    {
      name: "cut off in a part's header, three levels deep",
      why: "nothing is closed: not the field, not the header, not one multipart",
      found: KEYWORD,
      *pieces() {
        yield MIXED + TEXT;
        yield lines("--b", "Content-Type: multipart/alternative; boundary=c", "");
        yield lines("--c", "Content-Type: message/rfc822", "", "Subject: =?utf-8?B?6Zqc");
        yield "Content-Type: multipart/mixed; bound";
      },
    },
    {
      name: "cut off in a base64 character",
      why: "what is left over belongs to no byte, and its bytes to no character",
      found: KEYWORD,
      *pieces() {
        yield textHeader("text/plain; charset=utf-8", "Content-Transfer-Encoding: base64");
        yield `${Buffer.from(`${KEYWORD} 障害`).toString("base64").slice(0, -3)}\r\n=`;
      },
    },
  ];
}
