import { expect, test } from "vitest";
import { loopHeader } from "../../shared/alerts/loop-mark.ts";
import { mayAnswer } from "../../shared/inbound/may-answer.ts";
import { parseMessage } from "../../shared/message/parse-message.ts";
import type { Receipt } from "../../shared/receipt/receipt.ts";
import { ALL_PASS, receiptOf } from "../support/receipts.ts";

const BODY = "Content-Type: text/plain\r\n\r\nWhen do you open?\r\n";
const ID = "0123456789abcdef0123456789abcdef";

async function answerTo(fields: readonly string[], receipt: Partial<Receipt> = {}) {
  const from = fields.some((field) => /^From:/.test(field)) ? [] : ["From: Ana <ana@client.example>"];
  const raw = [...from, "Subject: Hours", ...fields, BODY].join("\r\n");
  return mayAnswer({ message: await parseMessage(Buffer.from(raw)), receipt: receiptOf(receipt) });
}

const { name, value } = loopHeader({ mark: ID, after: [] });

test.each<[string, readonly string[], Partial<Receipt>, string]>([
  ["Auto-Submitted: auto-generated", ["Auto-Submitted: auto-generated"], {}, "Auto-Submitted"],
  ["Auto-Submitted in capitals, with a comment", ["AUTO-SUBMITTED: (cron) Auto-Generated"], {}, "Auto-Submitted"],
  ["Auto-Submitted with parameters", ["Auto-Submitted: auto-notified; owner-email=a"], {}, "Auto-Submitted"],
  ["Auto-Submitted with a word of tomorrow", ["Auto-Submitted: auto-dreamt"], {}, "Auto-Submitted"],
  ["an empty Auto-Submitted", ["Auto-Submitted:"], {}, "Auto-Submitted"],
  ["Auto-Submitted: no, and another that says more", ["Auto-Submitted: no", "Auto-Submitted: x"], {}, "Auto-Submitted"],
  ["Auto-Submitted: nobody", ["Auto-Submitted: nobody"], {}, "Auto-Submitted"],
  ["Auto-Submitted: auto-replied", ["Auto-Submitted: auto-replied"], {}, "automatic reply"],
  ["X-Autoreply", ["X-Autoreply: yes"], {}, "automatic reply"],
  ["a delivery report", ["Content-Type: multipart/report; report-type=delivery-status; boundary=b"], {}, "report"],
  ["a complaint", ["Content-Type: multipart/report; report-type=feedback-report; boundary=b"], {}, "report"],
  [
    "a read receipt",
    ["Content-Type: multipart/report; report-type=disposition-notification; boundary=b"],
    {},
    "report",
  ],
  ["the null return path", [], { envelope: { mailFrom: "", recipients: [] } }, "null return path"],
  ["the null return path, written out", [], { envelope: { mailFrom: "<>", recipients: [] } }, "null return path"],
  ["List-Id", ["List-Id: <news.client.example>"], {}, "mailing list"],
  ["List-Unsubscribe", ["List-Unsubscribe: <https://client.example/u>"], {}, "mailing list"],
  ["Mailing-List", ["Mailing-List: contact x"], {}, "mailing list"],
  ["Precedence: bulk", ["Precedence: bulk"], {}, "Precedence"],
  ["Precedence: junk", ["Precedence: Junk"], {}, "Precedence"],
  ["Precedence: list", ["Precedence: list "], {}, "Precedence"],
  ["X-Auto-Response-Suppress", ["X-Auto-Response-Suppress: OOF, AutoReply"], {}, "asks for no automatic answer"],
  ["MAILER-DAEMON", ["From: MAILER-DAEMON@client.example"], {}, "reads no answers"],
  ["a no-reply address", ["From: No-Reply <no-reply@client.example>"], {}, "reads no answers"],
  ["do_not_reply", ["From: do_not_reply@client.example"], {}, "reads no answers"],
  ["a no-reply address with a tag", ["From: noreply+17@client.example"], {}, "reads no answers"],
  ["owner-", [], { envelope: { mailFrom: "owner-news@client.example", recipients: [] } }, "reads no answers"],
  ["-request", [], { envelope: { mailFrom: "news-request@client.example", recipients: [] } }, "reads no answers"],
  ["answers that shall go to nobody", ["Reply-To: noreply@client.example"], {}, "reads no answers"],
  ["our own marker header", [`${name}: ${value}`], {}, "our own mark"],
  ["spam", [], { verdicts: { ...ALL_PASS, spam: "FAIL" } }, "spam"],
  ["a forged sender", [], { verdicts: { ...ALL_PASS, dmarc: "FAIL" } }, "forgery"],
])("RFC 3834, not to be answered: %s", async (_, fields, receipt, why) => {
  expect(await answerTo(fields, receipt)).toEqual({ answer: false, why: expect.stringContaining(why) });
});

test.each<[string, readonly string[]]>([
  ["a person's mail", []],
  ["Auto-Submitted: no", ["Auto-Submitted: no"]],
  ["Auto-Submitted: no, with comment and parameter", ["Auto-Submitted: (a person) No ; x=y"]],
  ["Precedence: normal", ["Precedence: normal"]],
  ["X-Auto-Response-Suppress: None", ["X-Auto-Response-Suppress: None"]],
  ["a sender whose name only looks like it", ["From: Noreen Ply <noreen.ply@client.example>"]],
  ["a marker header without an id", ["X-Mailroom: hello"]],
])("may be answered: %s", async (_, fields) => {
  expect(await answerTo(fields)).toEqual({ answer: true });
});

test("trap 1.16, a mail that quotes our alert is not answered", async () => {
  const quoted = `Content-Type: text/plain\r\n\r\n> [error] outage - Mailroom alert ${ID}\r\n`;
  expect(await answerTo([quoted])).toEqual({ answer: false, why: "it bears our own mark" });
});
