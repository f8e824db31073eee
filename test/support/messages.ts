import type { Message } from "../../shared/message/message.ts";

/** A message with nothing in it but what a test is about. `htmlText` follows `html` unless given. */
export function messageOf(parts: Partial<Message> = {}): Message {
  return {
    size: 1834,
    sha256: "a".repeat(64),
    headers: [],
    rawHeaders: [],
    subject: "",
    from: [],
    to: [],
    cc: [],
    replyTo: [],
    date: null,
    messageIdHeader: null,
    text: "",
    html: "",
    htmlText: { text: parts.html ?? "", hidden: [] },
    textFromHtml: false,
    attachments: [],
    nested: [],
    report: null,
    reportParts: [],
    problems: [],
    ...parts,
  };
}
