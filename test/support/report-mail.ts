import { readReport } from "../../shared/feedback/read-report.ts";
import type { Message } from "../../shared/message/message.ts";
import { parseMessage } from "../../shared/message/parse-message.ts";

/** What reports return: its addresses are nobody who failed. */
export const ORIGINAL = `Received: from relay.acme.example by mx.acme.example; Sat, 21 Nov 2026 07:41:17 +0000
From: alerts@acme.example
To: jane@partner.example
Cc: other@partner.example
Subject: Hello
Date: Sat, 21 Nov 2026 07:41:17 +0000

Write to someone.else@partner.example: 550 5.1.1 is what they say.`;

/** A report as mail systems send it: in plain text, from nobody. */
export function reportMail(text: string, header: Readonly<Record<string, string>> = {}): Promise<Message> {
  const fields = {
    "Return-Path": "<>",
    From: "Mail Delivery System <MAILER-DAEMON@mx.acme.example>",
    To: "alerts@acme.example",
    Subject: "failure notice",
    Date: "Sat, 21 Nov 2026 07:41:19 +0000",
    ...header,
  };
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}`);
  return parseMessage(Buffer.from(`${[...lines, "Content-Type: text/plain; charset=utf-8", "", text].join("\n")}\n`));
}

/** What the reports say about each recipient, in a word. */
export async function readWords(text: string, header?: Readonly<Record<string, string>>): Promise<string[]> {
  return readReport(await reportMail(text, header)).map((told) => {
    const { status, reason } = told.kind === "bounce" || told.kind === "delay" ? told : { status: null, reason: null };
    return `${told.kind} ${told.recipient} ${status} ${reason}`;
  });
}
