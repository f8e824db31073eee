import { describe, expect, test } from "vitest";
import { isAutoReply, isFromMailSystem } from "../../shared/feedback/mail-system.ts";
import { messageOf } from "../support/messages.ts";

const from = (written: string) => {
  const [, name = "", address = ""] = /^([^<]*?) ?<(.*)>$/.exec(written) ?? [];
  return messageOf({ from: [{ name, address }] });
};
const header = (name: string, value: string) => ({ rawHeaders: [{ name, value }] });

describe("a mail server wrote it", () => {
  test.each([
    "Mail Delivery Subsystem <MAILER-DAEMON@mx.example.com>",
    "Mail Delivery System <Mailer-Daemon@mx.example.com>",
    "<postmaster@example.com>",
    "MAILER-DAEMON <>",
    "Mail Administrator <Postmaster@example.com>",
    "Microsoft Outlook <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@example.com>",
    "Mail Delivery System <noreply@example.com>",
    "<mail.delivery.system@example.com>",
  ])("%s", (written) => {
    expect(isFromMailSystem(from(written))).toBe(true);
  });

  test.each([
    "Jane Doe <jane@example.com>",
    "Daemon Jones <daemon.jones@example.com>",
    "<mail@example.com>",
    "Shop <orders@example.com>",
  ])("not %s", (written) => {
    expect(isFromMailSystem(from(written))).toBe(false);
  });

  test.each([
    ["return-path", "<>"],
    ["return-path", "<MAILER-DAEMON@mx.example.com>"],
    ["x-failed-recipients", "gone@partner.example"],
  ])("%s: %s", (name, value) => {
    expect(isFromMailSystem({ ...from("Jane Doe <jane@example.com>"), ...header(name, value) })).toBe(true);
  });
});

describe("RFC 3834: the answer of an absent person", () => {
  const jane = from("Jane Doe <jane@example.com>");
  const nullSender = header("return-path", "<>");

  test.each([
    ["Auto-Submitted and the like", { ...jane, report: "auto-reply" as const, subject: "Re: hello" }],
    ["subject and empty envelope sender", { ...jane, ...nullSender, subject: "Out of Office: hello" }],
    ["subject in German", { ...jane, ...nullSender, subject: "Abwesenheitsnotiz: hallo" }],
    ["subject in French", { ...jane, ...nullSender, subject: "Réponse automatique : bonjour" }],
    ["subject in Japanese", { ...jane, ...nullSender, subject: "自動返信: こんにちは" }],
  ])("%s", (_title, message) => {
    expect(isAutoReply(message)).toBe(true);
  });

  test.each([
    ["the subject alone", { ...jane, subject: "Out of Office: hello" }],
    ["a mail server's report", { ...from("<MAILER-DAEMON@example.com>"), report: "auto-reply" as const }],
    [
      "a report by its field",
      { ...jane, ...header("x-failed-recipients", "a@example.com"), report: "auto-reply" as const },
    ],
    ["a report by its subject", { ...jane, report: "auto-reply" as const, subject: "Undeliverable: hello" }],
    ["any other mail", jane],
  ])("not %s", (_title, message) => {
    expect(isAutoReply(message)).toBe(false);
  });
});
