import { header, lines, textHeader } from "../support/raw-mails.ts";
import { filled, type HostileMail, KEYWORD, type Megabytes, times } from "./hostile-mail.ts";

function report(type: string): string {
  const top = header("Subject: failure notice", `Content-Type: multipart/report; report-type=${type}; boundary=b`);
  return top + lines("--b", "Content-Type: text/plain", "", KEYWORD);
}

function part(type: string, ...fields: readonly string[]): string {
  return lines("--b", `Content-Type: ${type}`, ...fields, "");
}

const LYING_TNEF = Buffer.from(
  "789f3e22010001900800040000000000ffffffff" + // a signature, an attribute that is 4 GB long
    "020f80060001000000ffffff7f6162" + // one of 2 GB
    "02108001000f0000000010616161", // one that ends behind the file
  "hex",
);

/** Reports about mails of ours, and formats inside mails. */
export function reportMails(megabytes: Megabytes): readonly HostileMail[] {
  return [
    {
      name: "a delivery report of 40 MB of fields",
      why: "each recipient becomes an item in a table",
      found: KEYWORD,
      *pieces() {
        yield report("delivery-status") + part("message/delivery-status") + lines("Reporting-MTA: dns; a.example", "");
        const block = lines("Final-Recipient: rfc822; a@b.example", "Action: failed", "Status: 5.1.1", "");
        yield* filled(block, megabytes(39.9));
        yield lines("--b--");
      },
    },
    {
      name: "a delivery report whose diagnosis is 2 MB long",
      why: "it is searched for a reason, word by word, and copied into the record",
      *pieces() {
        yield report("delivery-status") + part("message/delivery-status") + lines("Reporting-MTA: dns; a.example", "");
        yield lines("Final-Recipient: rfc822; a@b.example", "Action: failed");
        yield "Diagnostic-Code: smtp; ";
        yield* filled("550 5.1.1 <a@b.example> 4.2.2 (", 2_000_000);
        yield lines("", "--b--");
      },
    },
    {
      name: "a complaint of 40 MB",
      why: "its original holds the words that would raise an alert, and 40 MB of them",
      *pieces() {
        yield report("feedback-report") + part("message/feedback-report");
        yield lines("Feedback-Type: abuse", "Version: 1");
        yield* times(20_000, (n) => lines(`Original-Rcpt-To: r${n}@client.example`, `Reported-Domain: d${n}.example`));
        yield part("message/rfc822") + header("Subject: original");
        yield* filled(lines(KEYWORD), megabytes(38));
        yield lines("--b--");
      },
    },
    {
      name: "a report in plain text that names 100,000 recipients",
      why: "each is looked for in the text, and the text for each",
      *pieces() {
        yield header("Return-Path: <>", "Subject: failure notice", "Content-Type: text/plain");
        yield lines("Hi. This is the qmail-send program at acme.example.", "I wasn't able to deliver your message.");
        yield* times(100_000, (n) => lines("", `<r${n}@client.example>:`, "550 5.1.1 user unknown"));
        yield lines("", "--- Below this line is a copy of the message.", "", "To: a@b.example", "", KEYWORD);
      },
    },
    {
      name: "a report that carries a report that carries a report",
      why: "each is looked for in the one that carries it",
      *pieces() {
        yield header("Subject: failure notice", "Content-Type: multipart/report; boundary=b0");
        yield* times(
          50,
          (n) =>
            lines(`--b${n}`, "Content-Type: message/rfc822", "") +
            header("Subject: failure notice", `Content-Type: multipart/report; boundary=b${n + 1}`) +
            lines(`--b${n + 1}`, "Content-Type: message/delivery-status", "", "Final-Recipient: rfc822; a@b.example"),
        );
      },
    },
    {
      name: "JSON that is nearly a notification, 200,000 levels deep",
      why: "a reader of JSON that recurses overflows its stack",
      *pieces() {
        yield header(
          "From: AWS Notifications <no-reply@sns.amazonaws.com>",
          "Subject: Amazon SES Email Event Notification",
        );
        yield '{"notificationType":"Bounce","bounce":';
        yield* filled('[{"a":', 1_200_000);
      },
    },
    {
      name: "winmail.dat whose lengths lie",
      why: "a reader that believes them reads outside, or allots 4 GB",
      *pieces() {
        yield header("Subject: s", "Content-Type: multipart/mixed; boundary=b");
        yield part("application/ms-tnef; name=winmail.dat", "Content-Transfer-Encoding: base64");
        yield lines(LYING_TNEF.toString("base64"), "--b--");
      },
    },
    {
      name: "winmail.dat of a million attachments",
      why: "each name costs an object and a line in the record",
      *pieces() {
        const title = Buffer.from("0210800100020000006100610000", "hex");
        yield textHeader("application/ms-tnef; name=winmail.dat", "Content-Transfer-Encoding: base64");
        const bytes = Buffer.concat([Buffer.from("789f3e220100", "hex"), ...Array(100).fill(title)]);
        yield lines(bytes.toString("base64"));
        yield* filled(`${Buffer.concat(Array(3).fill(title)).toString("base64")}\r\n`, megabytes(10));
      },
    },
  ];
}
