import { describe, expect, test } from "vitest";
import { readWords } from "../../support/report-mail.ts";

interface Ordinary {
  readonly what: string;
  readonly header: Readonly<Record<string, string>>;
  readonly text: string;
}

const fromNobody = { "Return-Path": "<>" };
const from = (address: string, subject: string) => ({
  "Return-Path": `<${address}>`,
  From: address,
  Subject: subject,
});
const nobody = (address: string, subject: string) => ({ ...from(address, subject), ...fromNobody });

const postfix = "This is the mail system at host mx.\n\n<jane@partner.example>: host mx said: 550 5.1.1 User unknown\n";

const people: readonly Ordinary[] = [
  {
    what: "somebody who quotes a bounce",
    header: from("bob@client.example", "Re: failure notice"),
    text: "Hi, I got this:\n\n> This is the qmail-send program at mx.\n<jane@partner.example>:\n550 5.1.1 user unknown\n",
  },
  {
    what: "somebody who sends one on",
    header: from("bob@client.example", "Fwd: Undelivered Mail Returned to Sender"),
    text: `Can you look?\n\n---------- Forwarded message ----------\nFrom: MAILER-DAEMON\n\n${postfix}`,
  },
  {
    what: "somebody who quotes one below its subject",
    header: from("bob@client.example", "Undelivered Mail Returned to Sender"),
    text: `Can you look?\n\n> ${postfix.replaceAll("\n", "\n> ")}`,
  },
  {
    what: "a mailing list that talks about one",
    header: { ...from("al@list.example", "[users] Undelivered mail and 550"), "List-Id": "<users.list.example>" },
    text: `Hi list,\n\nI get this:\n\n${postfix}\nWhat does it mean?\n`,
  },
  {
    what: "a postmaster who is a person",
    header: from("postmaster@client.example", "Planned downtime"),
    text: "Our server is not available on Sunday. Write to help@client.example: he answers.\n\nhelp@client.example\n",
  },
  {
    what: "an absent person",
    header: { ...from("bob@client.example", "Out of office"), "Auto-Submitted": "auto-replied" },
    text: "I am away until Monday. Write to jane@partner.example: she answers for me, extension 550.",
  },
  {
    what: "an absent person, from nobody",
    header: nobody("bob@client.example", "Re: Hello"),
    text: "My address is no longer valid. Write to\n\njane@partner.example\n",
  },
];

const machines: readonly Ordinary[] = [
  {
    what: "a newsletter about bounces",
    header: from("news@list.example", "What bounces mean"),
    text: "Delivery to the following recipient failed permanently:\n\n  jane@partner.example\n\nis what Gmail says. Read on!",
  },
  {
    what: "a newsletter from a bounce address",
    header: from("bounces@esp.example", "Weekly: deliverability"),
    text: "<jane@partner.example>: 550 5.1.1 user unknown\n\nmeans that the mailbox does not exist.\n",
  },
  {
    what: "a parcel service",
    header: from("no-reply@parcel.example", "Delivery failed: parcel 4412"),
    text: "We could not deliver your parcel. The message sent to jane@partner.example has a code 512.\n\nsupport@parcel.example\n",
  },
  {
    what: "an order with a banner",
    header: from("no-reply@shop.example", "Delivery status update"),
    text: "** Your order **\n\nOut for delivery.\n\nContact us:\nsupport@shop.example\n",
  },
  {
    what: "a monitor",
    header: nobody("nagios@acme.example", "** PROBLEM alert - mx/SMTP is CRITICAL **"),
    text: "***** Nagios *****\n\nAdditional Info:\nConnection refused\n\nContact:\nadmin@acme.example\n",
  },
  {
    what: "a cron job",
    header: nobody("root@acme.example", "Cron <root@mx> report"),
    text: "jane@partner.example 550 mails sent\nbob@partner.example 12 mails sent\n",
  },
  {
    what: "a summary of a log",
    header: nobody("logwatch@acme.example", "Logwatch for mx"),
    text: " 5 Rejected\n   jane@partner.example: 550 5.1.1 User unknown\n",
  },
  {
    what: "a DMARC report",
    header: nobody("postmaster@google.example", "Report domain: acme.example Submitter: google"),
    text: "This is a DMARC aggregate report. Contact:\nnoreply-dmarc-support@google.example\n",
  },
  {
    what: "a full mailbox's warning to its owner",
    header: nobody("postmaster@acme.example", "Mailbox almost full"),
    text: "Your mailbox is full. The mailbox of\n\njane@acme.example\n\nhas exceeded the quota: 550 MB.\n",
  },
  {
    what: "a quarantine's summary",
    header: nobody("postmaster@filter.example", "Spam quarantine summary"),
    text: "These mails were blocked as spam:\n\nspam2@evil.example - 550 offers\nBob <spam3@evil.example> policy\n",
  },
  {
    what: "a help desk",
    header: {
      ...nobody("support@client.example", "[#550] Ticket: Mail not delivered"),
      "Auto-Submitted": "auto-generated",
    },
    text: "Your request has been received.\n\n<jane@partner.example>: 550 5.1.1 unknown\n",
  },
  {
    what: "a question whether the sender is a person",
    header: nobody("bob@client.example", "Please confirm your message"),
    text: "Your message to bob@client.example has not been delivered yet. Click to confirm that you are no spammer.\n",
  },
  {
    what: "a list's moderator",
    header: nobody("list-bounces@list.example", "Request to mailing list News rejected"),
    text: 'Your request has been rejected.\n\n"Non-members are not allowed to post."\n\nQuestions to:\n\n    news-owner@list.example\n',
  },
  {
    what: "a mail system that says something else",
    header: { Subject: "Quota warning" },
    text: "Your mailbox is 95 % full. Write to help@acme.example for more room.",
  },
  { what: "a mail system that says nothing", header: {}, text: "" },
];

const arrived: readonly Ordinary[] = [
  {
    what: "Postfix",
    header: { Subject: "Successful Mail Delivery Report" },
    text: "Your message was successfully delivered to the destination(s)\nlisted below.\n\n<jane@partner.example>: delivery via mx[192.0.2.1]:25:\n    250 2.0.0 Ok: queued as 4412\n",
  },
  {
    what: "Exchange, which passed it on",
    header: { Subject: "Relayed: Hello" },
    text: "Delivery to these recipients is complete, but no delivery notification was sent by the destination server:\n\njane@partner.example\n",
  },
  {
    what: "any",
    header: { Subject: "Delivery Status Notification (Success)" },
    text: "Your message was delivered to jane@partner.example.\n",
  },
];

describe("what is no report", () => {
  test.each([...people, ...machines])("$what", async ({ header, text }) => {
    expect(await readWords(text, header)).toEqual([]);
  });
});

describe("a report that a mail arrived is no bounce", () => {
  test.each(arrived)("$what", async ({ header, text }) => {
    expect(await readWords(text, header)).toEqual([]);
  });
});

describe("what is a report by fewer signs", () => {
  test.each([
    {
      signs: "a sender who is no mail system, a subject and the words of a known one",
      header: from("imss@acme.example", "Mail could not be delivered"),
      text: "Sent <<< RCPT TO:<jane@partner.example>\nReceived >>> 550 5.1.1 user unknown\n",
    },
    {
      signs: "nobody, and a subject",
      header: nobody("gateway@acme.example", "Undeliverable mail"),
      text: "jane@partner.example: 550 5.1.1 user unknown\n",
    },
    {
      signs: "nobody, and the words of a known one",
      header: nobody("gateway@acme.example", "Hello"),
      text: postfix,
    },
    {
      signs: "a mail system, and that it says so",
      header: { Subject: "Hello" },
      text: "Your mail could not be delivered.\n\njane@partner.example: 550 5.1.1 user unknown\n",
    },
    {
      signs: "a mail system, whose report a group of people gets",
      header: { Subject: "failure notice", "List-Id": "<alerts.acme.example>" },
      text: postfix,
    },
  ])("$signs", async ({ header, text }) => {
    expect(await readWords(text, header)).toEqual(["bounce jane@partner.example 5.1.1 userUnknown"]);
  });
});

test.each([
  ["German", "Ihre Nachricht konnte nicht zugestellt werden:", "Unzustellbar: Hallo"],
  ["French", "Votre message n'a pas pu être remis :", "Non remis : Bonjour"],
  ["Spanish", "El mensaje no pudo ser entregado:", "No se puede entregar: Hola"],
  ["Italian", "Impossibile recapitare il messaggio:", "Non recapitabile: Ciao"],
  ["Portuguese", "Sua mensagem não pôde ser entregue:", "Notificação de status de entrega"],
  ["Russian", "Ваше письмо не может быть доставлено:", "Недоставленное сообщение"],
  ["Japanese", "以下の宛先に配信できませんでした。", "配信エラー通知"],
  ["Chinese", "您的邮件无法投递到以下地址：", "系统退信"],
  ["Korean", "메일 전송에 실패했습니다.", "반송"],
])("the general form in %s", async (_language, sentence, subject) => {
  const header = { Subject: `=?utf-8?B?${Buffer.from(subject).toString("base64")}?=` };
  expect(await readWords(`${sentence}\n\njane@partner.example\n550 5.1.1 user unknown\n`, header)).toEqual([
    "bounce jane@partner.example 5.1.1 userUnknown",
  ]);
});
