import { header, lines } from "../support/raw-mails.ts";
import { filled, type HostileMail, KEYWORD, type Megabytes, times } from "./hostile-mail.ts";

const MIXED = header("Subject: s", "Content-Type: multipart/mixed; boundary=b");
const TEXT = lines("--b", "Content-Type: text/plain", "", KEYWORD);

/** Parts inside and beside each other. */
export function structureMails(megabytes: Megabytes): readonly HostileMail[] {
  return [
    {
      name: "1,000 parts in 50 KB",
      why: "mailparser throws at 1,000 nodes: the whole mail would be lost",
      found: KEYWORD,
      *pieces() {
        yield MIXED;
        yield TEXT;
        yield* times(1_000, (place) => lines("--b", "", `text of part ${place} and so on`));
        yield lines("--b--");
      },
    },
    {
      name: "1,200 parts, the keyword in the 999th",
      why: "the words stand behind as many empty parts as a reader still takes",
      found: KEYWORD,
      *pieces() {
        yield MIXED;
        yield* times(998, () => lines("--b", "", "."));
        yield TEXT;
        yield* times(201, () => lines("--b", "", "."));
      },
    },
    {
      name: "100,000 parts of five bytes",
      why: "each of the shortest parts costs an object",
      *pieces() {
        yield MIXED;
        yield* filled("--b\n\n", 500_000);
      },
    },
    {
      name: "1,000 multiparts inside each other",
      why: "recursion ends in a stack overflow, mailparser in an exception",
      found: KEYWORD,
      *pieces() {
        yield MIXED + TEXT;
        yield lines("--b", "Content-Type: multipart/mixed; boundary=n0", "");
        yield* times(1_000, (n) => lines(`--n${n}`, `Content-Type: multipart/mixed; boundary=n${n + 1}`, ""));
        yield lines("--n1000", "", "the innermost", "--n1000--");
      },
    },
    {
      name: "4,000 multiparts, then 500,000 lines that could be boundaries",
      why: "each line is compared with each boundary that is open: 2,000,000,000 comparisons",
      found: KEYWORD,
      *pieces() {
        yield MIXED + TEXT;
        yield lines("--b", "Content-Type: multipart/mixed; boundary=n0", "");
        yield* times(4_000, (n) => lines(`--n${n}`, `Content-Type: multipart/mixed; boundary=n${n + 1}`, ""));
        yield* filled("--n\r\n", 2_500_000);
      },
    },
    {
      name: "500,000 lines that are nearly a boundary",
      why: "each begins as the boundary does and ends otherwise",
      found: KEYWORD,
      *pieces() {
        const near = `--${"b".repeat(69)}`;
        yield header("Subject: s", `Content-Type: multipart/mixed; boundary=${"b".repeat(70)}`);
        yield lines(`${near}b`, "", KEYWORD);
        yield* filled(`${near}\r\n`, Math.min(megabytes(40), 500_000 * (near.length + 2)));
      },
    },
    {
      name: "200 messages inside each other",
      why: "each level is parsed again, so depth multiplies time",
      *pieces() {
        yield* times(200, (depth) => lines(`Subject: ${depth}`, "Content-Type: message/rfc822", ""));
        yield lines("Subject: innermost", "", KEYWORD);
      },
    },
    {
      name: "a digest of 20,000 messages",
      why: "RFC 2046, 5.1.5: parts without a type are messages, each of which is opened",
      *pieces() {
        yield header("Subject: s", "Content-Type: multipart/digest; boundary=b");
        yield* times(20_000, (place) => lines("--b", "", `Subject: ${place}`, "", "text"));
      },
    },
    {
      name: "40 messages of 1,000 parts each",
      why: "what is counted for one message is not counted for those attached to it",
      *pieces() {
        yield MIXED;
        for (let message = 0; message < 40; message++) {
          yield lines("--b", "Content-Type: message/rfc822", "", "Content-Type: multipart/mixed; boundary=i", "");
          yield* times(1_000, () => lines("--i", "", "."));
        }
      },
    },
  ];
}
