import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readTextReport } from "../../../shared/feedback/text-reports/read-text-report.ts";
import { ORIGINAL, readWords as read, reportMail as report } from "../../support/report-mail.ts";

interface Sample {
  readonly family: string;
  readonly text: string;
  readonly says: readonly string[];
  readonly header?: Readonly<Record<string, string>>;
}

const gone = "bounce jane@partner.example 5.1.1 userUnknown";

const samples: readonly Sample[] = [
  {
    family: "qmail",
    text: `Hi. This is the qmail-send program at mx.acme.example.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<jane@partner.example>:
192.0.2.25 does not like recipient.
Remote host said: 550 5.1.1 <jane@partner.example>: user unknown
Giving up on 192.0.2.25.

<full@partner.example>:
Sorry, the mailbox is over quota. (#5.2.2)

--- Below this line is a copy of the message.

${ORIGINAL}`,
    says: [gone, "bounce full@partner.example 5.2.2 mailboxFull"],
  },
  {
    family: "qmail, in words of a provider",
    text: `We're sorry. There's a problem with the e-mail address(es) you're trying to send to.
Please verify the address(es) and try again.

<jane@partner.example>:
Sorry, no mailbox here by that name. (#5.1.1)

--- Enclosed is a copy of the message.`,
    says: [gone],
  },
  {
    family: "Yahoo",
    text: `Message from yahoo.example.
Unable to deliver message to the following address(es).

<jane@partner.example>:
This user doesn't have a yahoo.example account (jane@partner.example) [-5]

--- Original message follows.

${ORIGINAL}`,
    says: ["bounce jane@partner.example 5.0.0 userUnknown"],
  },
  {
    family: "Exim",
    text: `This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of its
recipients. This is a permanent error. The following address(es) failed:

  jane@partner.example
    SMTP error from remote mail server after RCPT TO:<jane@partner.example>:
    host mx.partner.example [192.0.2.25]: 550 5.1.1 User unknown
  pipe@partner.example
    (generated from list@partner.example)
    retry timeout exceeded

------ This is a copy of the message, including all the headers. ------

${ORIGINAL}`,
    says: [gone, "bounce pipe@partner.example 5.0.0 expired"],
  },
  {
    family: "Exim, whose header names the recipient that the text does not",
    text: `This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of its
recipients. This is a permanent error. The following address(es) failed:

  save to /var/mail/jane
    mailbox is full`,
    header: { "X-Failed-Recipients": "jane@partner.example" },
    says: ["bounce jane@partner.example 4.0.0 mailboxFull"],
  },
  {
    family: "Exim, a delay",
    text: `This message was created automatically by mail delivery software.
A message that you sent has not yet been delivered to one or more of its
recipients after more than 24 hours on the queue on mx.acme.example.

The address to which the message has not yet been delivered is:

  jane@partner.example
    Delay reason: Connection refused

No action is required on your part. Delivery attempts will continue for
some time, and this warning may be repeated at intervals if the message
remains undelivered.`,
    header: { Subject: "Warning: message 1kQx-0004 delayed 24 hours" },
    says: ["delay jane@partner.example 4.0.0 networkError"],
  },
  {
    family: "GMX",
    text: `This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of
its recipients. This is a permanent error. The following address
failed:

"jane@partner.example":
SMTP error from remote server after RCPT command:
host: mx.partner.example
5.1.1 <jane@partner.example>... User Unknown

--- The header of the original message is following. ---

${ORIGINAL}`,
    says: [gone],
  },
  {
    family: "sendmail",
    text: `The original message was received at Sat, 21 Nov 2026 07:41:17 GMT
from relay.acme.example [192.0.2.4]

   ----- The following addresses had permanent fatal errors -----
<jane@partner.example>
    (reason: 550 5.1.1 <jane@partner.example>... User Unknown)

   ----- Transcript of session follows -----
... while talking to mx.partner.example.:
>>> DATA
<<< 550 5.1.1 <jane@partner.example>... User Unknown
550 5.1.1 <jane@partner.example>... User unknown
<<< 503 5.0.0 Need RCPT (recipient)

   ----- Original message follows -----

${ORIGINAL}`,
    says: [gone],
  },
  {
    family: "sendmail, two recipients, each with its own answer",
    text: `   ----- The following addresses had permanent fatal errors -----
<jane@partner.example>
<full@other.example>

   ----- Transcript of session follows -----
... while talking to mx.partner.example.:
>>> RCPT To:<jane@partner.example>
<<< 550 5.1.1 User unknown
... while talking to mx.other.example.:
>>> RCPT To:<full@other.example>
<<< 552 5.2.2 Over quota`,
    says: [gone, "bounce full@other.example 5.2.2 mailboxFull"],
  },
  {
    family: "sendmail 5, a local name",
    text: `   ----- Transcript of session follows -----
While talking to partner.example:
>>> RCPT To:<jane@partner.example>
<<< 550 <jane@partner.example>... User unknown
550 jane... User unknown

   ----- Unsent message follows -----
${ORIGINAL}`,
    says: ["bounce jane@partner.example 5.0.0 userUnknown"],
  },
  {
    family: "sendmail 5, a local name that the returned mail completes",
    text: `   ----- Transcript of session follows -----
550 jane... User unknown

   ----- Unsent message follows -----
${ORIGINAL}`,
    says: ["bounce jane@partner.example 5.0.0 userUnknown"],
  },
  {
    family: "Postfix",
    text: `This is the mail system at host mx.acme.example.

I'm sorry to have to inform you that your message could not
be delivered to one or more recipients. It's attached below.

For further assistance, please send mail to postmaster.

If you do so, please include this problem report.

                   The mail system

<jane@partner.example> (expanded from <j@partner.example>): host
    mx.partner.example[192.0.2.25] said: 550 5.1.1 User unknown (in reply to
    RCPT TO command)`,
    says: [gone],
  },
  {
    family: "smail",
    text: `|------------------------- Failed addresses follow: ---------------------|
 <jane@partner.example> ... unknown user
|------------------------- Message text follows: ------------------------|
${ORIGINAL}`,
    says: ["bounce jane@partner.example 5.0.0 userUnknown"],
  },
  {
    family: "Courier",
    text: `This is a delivery status notification from mx.acme.example,
running the Courier mail server, version 0.65.2.

The original message was received on Sat, 21 Nov 2026 07:41:17 +0000
from relay.acme.example (relay.acme.example [192.0.2.4])

---------------------------------------------------------------------------

                           UNDELIVERABLE MAIL

Your message to the following recipients cannot be delivered:

<jane@partner.example>:
    mx.partner.example [192.0.2.25]:
>>> RCPT TO:<jane@partner.example>
<<< 550 5.1.1 <jane@partner.example>... User Unknown

---------------------------------------------------------------------------`,
    says: [gone],
  },
  {
    family: "Sun Messaging Server",
    text: `This report relates to a message you sent with the following header fields:

  Return-path: <alerts@acme.example>
  Message-id: <CBA48452@acme.example>
  Date: Sat, 21 Nov 2026 07:41:17 +0000
  From: alerts@acme.example
  To: jane@partner.example
  Subject: Hello

Your message cannot be delivered to the following recipients:

  Recipient address: jane@partner.example
  Reason: Remote SMTP server has rejected address
  Diagnostic code: smtp;550 5.1.1 <jane@partner.example>... User Unknown
  Remote system: dns;mx.partner.example (TCP|17.111.174.67|47323|192.0.2.25|25)`,
    says: [gone],
  },
  {
    family: "Apache James",
    text: `Hi. This is the James mail server at mx.acme.example.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.  Below
I include the list of recipients and the reason why I was unable to deliver
your message.

Message details:
  Subject: Hello
  Sent date: Sat Nov 21 07:41:17 UTC 2026
  MAIL FROM: alerts@acme.example
  RCPT TO: jane@partner.example
  From: alerts@acme.example
  To: jane@partner.example
  Size (in bytes): 1024
  Number of lines: 64

Error message below:
550 - Requested action not taken: no such user here`,
    says: ["bounce jane@partner.example 5.0.0 userUnknown"],
  },
  {
    family: "CommuniGate",
    text: `Failed to deliver to '<jane@partner.example>'
SMTP module(domain partner.example) reports:
 host mx.partner.example says:
 550 5.1.1 User unknown`,
    says: [gone],
  },
  {
    family: "IMail",
    text: `Unknown user: jane@partner.example

Original message follows.

${ORIGINAL}`,
    header: { Subject: "Undeliverable Mail" },
    says: ["bounce jane@partner.example 5.0.0 userUnknown"],
  },
  {
    family: "IMail, a full mailbox",
    text: `User mailbox exceeds allowed size: jane@partner.example

Original message follows.`,
    header: { Subject: "Undeliverable Mail" },
    says: ["bounce jane@partner.example 4.0.0 mailboxFull"],
  },
  {
    family: "OpenSMTPD",
    text: `    Hi!

    This is the MAILER-DAEMON, please DO NOT REPLY to this email.

    An error has occurred while attempting to deliver a message for
    the following list of recipients:

jane@partner.example: 550 5.1.1 <jane@partner.example>... User Unknown

    Below is a copy of the original message:

${ORIGINAL}`,
    says: [gone],
  },
  {
    family: "DragonFly",
    text: `This is the DragonFly Mail Agent v0.13 at mx.acme.example.

There was an error delivering your mail to <jane@partner.example>.

mx.partner.example [192.0.2.25] did not like our RCPT TO:
550 5.1.1 <jane@partner.example>: Recipient address rejected: User unknown

Message headers follow.

${ORIGINAL}`,
    says: [gone],
  },
  {
    family: "Zoho",
    text: `This message was created automatically by mail delivery software.
A message that you sent could not be delivered to one or more of its recipients. This is a permanent error.

jane@partner.example Invalid Address, ERROR_CODE :550, ERROR_CODE :5.1.1 User unknown`,
    says: [gone],
  },
  {
    family: "Zoho, in brackets",
    text: `This message was created automatically by mail delivery software. This is a warning message.

[Status: Error, Address: <jane@partner.example>, ResponseCode :550,, 5.1.1 User unknown.]`,
    says: [gone],
  },
  {
    family: "Exchange 2000",
    text: `Your message

  To:      jane@partner.example
  Subject: Hello
  Sent:    Sat, 21 Nov 2026 07:41:17 +0000

did not reach the following recipient(s):

jane@partner.example on Sat, 21 Nov 2026 07:41:18 +0000
    The recipient name is not recognized
	The MTS-ID of the original message is: c=jp;a= ;p=partner;l=MX-261121074117Z-10
    MSEXCH:IMS:PARTNER:MX:MX 3550 (000B099C) 550 5.1.1 User unknown`,
    header: { Subject: "Undeliverable: Hello" },
    says: [gone],
  },
  {
    family: "Exchange 2010",
    text: `Delivery has failed to these recipients or groups:

Jane Doe (jane@partner.example)<mailto:jane@partner.example>
The e-mail address you entered couldn't be found. Please check the recipient's e-mail address.

Diagnostic information for administrators:

Generating server: mx.partner.example

jane@partner.example
#550 5.1.1 RESOLVER.ADR.RecipNotFound; not found ##

Original message headers:

${ORIGINAL}`,
    header: { Subject: "Undeliverable: Hello" },
    says: [gone],
  },
  {
    family: "Exchange 2007, in French",
    text: `Échec de la remise pour ces destinataires ou listes de distribution :

jane@partner.example
L'adresse de messagerie du destinataire est introuvable.

Informations de diagnostic pour les administrateurs :

Serveur de génération : mx.partner.example

jane@partner.example
#550 5.1.1 RESOLVER.ADR.RecipNotFound; not found ##`,
    header: { Subject: "Non remis : Hello" },
    says: [gone],
  },
  {
    family: "Notes",
    text: `------- Failure Reasons  --------

User not listed in public Name & Address Book
jane@partner.example

------- Returned Message --------
${ORIGINAL}`,
    header: { Subject: "Undeliverable message" },
    says: ["bounce jane@partner.example 5.0.0 userUnknown"],
  },
  {
    family: "Domino",
    text: `Your message

  Subject: Hello

was not delivered to:

  jane@partner.example

because:

  User jane (jane@partner.example) not listed in Domino Directory
`,
    header: { Subject: "DELIVERY FAILURE: User jane (jane@partner.example) not listed in Domino Directory" },
    says: ["bounce jane@partner.example 5.0.0 userUnknown"],
  },
  {
    family: "Gmail",
    text: `This is an automatically generated Delivery Status Notification

Delivery to the following recipient failed permanently:

     jane@partner.example

Technical details of permanent failure:
Google tried to deliver your message, but it was rejected by the recipient domain. The error that the other server returned was: 550 550 5.1.1 User unknown (state 14).

----- Original message -----

${ORIGINAL}`,
    header: { Subject: "Delivery Status Notification (Failure)" },
    says: [gone],
  },
  {
    family: "Gmail, a delay",
    text: `This is an automatically generated Delivery Status Notification

THIS IS A WARNING MESSAGE ONLY.

YOU DO NOT NEED TO RESEND YOUR MESSAGE.

Delivery to the following recipient has been delayed:

     jane@partner.example

Message will be retried for 2 more day(s)

Technical details of temporary failure:
The recipient server did not accept our requests to connect. [mx.partner.example 192.0.2.25: socket error]`,
    header: { Subject: "Delivery Status Notification (Delay)" },
    says: ["delay jane@partner.example 4.0.0 networkError"],
  },
  {
    family: "Gmail since 2016",
    text: `** Address not found **

Your message wasn't delivered to jane@partner.example because the address couldn't be found, or is unable to receive mail.

The response from the remote server was:
550 5.1.1 User unknown`,
    header: { Subject: "Delivery Status Notification (Failure)" },
    says: [gone],
  },
  {
    family: "Amazon SES",
    text: `An error occurred while trying to deliver the mail to the following recipients:
jane@partner.example
550 5.1.1 user unknown`,
    header: { From: "MAILER-DAEMON@eu-west-1.amazonses.com", Subject: "Delivery Status Notification (Failure)" },
    says: [gone],
  },
  {
    family: "au",
    text: `Each of the following recipients was rejected by a remote mail server.
The reasons given by the server are included to help you determine why
each recipient was rejected.

    Recipient: <jane@ezweb.example>
    Reason:    5.1.1 <jane@ezweb.example>... User Unknown`,
    header: { Subject: "Mail System Error - Returned Mail" },
    says: ["bounce jane@ezweb.example 5.1.1 userUnknown"],
  },
  {
    family: "au, a suspended account",
    text: `The user(s) account is temporarily over quota.

<jane@ezweb.example>`,
    header: { Subject: "Mail System Error - Returned Mail" },
    says: ["bounce jane@ezweb.example 4.0.0 mailboxFull"],
  },
  {
    family: "Biglobe",
    text: `   ----- The following addresses had delivery problems -----
jane@biglobe.example

   ----- Non-delivered information -----
The number of messages in recipient's mailbox exceeded the local limit.`,
    header: { Subject: "Returned Mail: Mail Box Full" },
    says: ["bounce jane@biglobe.example 4.0.0 mailboxFull"],
  },
  {
    family: "McAfee",
    text: ` --- The following addresses had delivery problems ---

<jane@partner.example>   (User unknown jane@partner.example)

--------------The results of your email delivery`,
    says: ["bounce jane@partner.example 5.0.0 userUnknown"],
  },
  {
    family: "an MTA of unknown name",
    text: `The original message was received at Sat, 21 Nov 2026 07:41:17 +0000 (UTC)
from alerts@acme.example

---The following addresses had delivery errors---

jane@partner.example [User unknown]`,
    header: { Subject: "Returned Mail: User unknown" },
    says: ["bounce jane@partner.example 5.0.0 userUnknown"],
  },
  {
    family: "another MTA of unknown name",
    text: `============================================================================
      This is an automatically generated Delivery Status Notification.

Delivery to the following recipients failed permanently:

   * jane@partner.example

============================================================================
                             Technical details:

SMTP:RCPT host 192.0.2.25: 550 5.1.1 <jane@partner.example>... User Unknown

============================================================================`,
    header: { From: "Mail.Delivery.System@mx.acme.example", Subject: "Delivery status notification" },
    says: [gone],
  },
  {
    family: "numbered errors",
    text: `We had trouble delivering your message. Full details follow:

Subject: 'Hello'
Date:    'Sat, 21 Nov 2026 07:41:17 +0000'

1 error(s):

SMTP Server <mx.partner.example> rejected recipient <jane@partner.example>
  (Error following RCPT command). It responded as follows: [550 5.1.1 User unknown]`,
    header: { Subject: "There was an error sending your mail" },
    says: [gone],
  },
  {
    family: "activehunter",
    text: `  ----- The following addresses had permanent fatal errors -----

>>> jane@partner.example <jane@partner.example>

  ----- original message -----
550 sorry, no mailbox here by that name (#5.1.1 - chkusr)`,
    header: { Subject: "FAILURE NOTICE :" },
    says: [gone],
  },
  {
    family: "MailFoundry",
    text: `Unable to deliver message to: <jane@partner.example>
Delivery failed for the following reason:
Server mx.partner.example[192.0.2.25] failed with: 550 5.1.1 <jane@partner.example> No such user here

This has been a permanent failure.  No further delivery attempts will be made.`,
    header: { Subject: "Message delivery has failed" },
    says: [gone],
  },
  {
    family: "InterScan",
    text: `Sent <<< RCPT TO:<jane@partner.example>
Received >>> 550 5.1.1 <jane@partner.example>... user unknown

Unable to deliver message to <jane@partner.example>.`,
    header: { From: '"InterScan MSS" <interscan@acme.example>', Subject: "Mail could not be delivered" },
    says: [gone],
  },
  {
    family: "MailMarshal",
    text: `Your message:
   From:    alerts@acme.example
   Subject: Hello

Could not be delivered because of

550 5.1.1 User unknown

The following recipients were affected:
   jane@partner.example

Additional Information
======================

${ORIGINAL}`,
    header: { Subject: 'Undeliverable Mail: "Hello"' },
    says: [gone],
  },
  {
    family: "SurfControl",
    text: `Your message could not be sent.
A transcript of the attempts to send the message follows.
The number of attempts made: 1
Addressed To: jane@partner.example

Sat, 21 Nov 2026 07:41:18 +0000
Failed to send to identified host,
jane@partner.example: [192.0.2.25], 550 5.1.1 jane@partner.example... No such user
--- Message non-deliverable.`,
    header: { Subject: "Message could not be delivered", From: "postmaster@acme.example" },
    says: [gone],
  },
  {
    family: "m-FILTER",
    text: `このメールは「m-FILTER」が自動的に生成して送信しています。
メールサーバーとの通信中、下記の理由により
このメールは送信できませんでした。

以下のメールアドレスへの送信に失敗しました。
jane@partner.example


-------server message
550 5.1.1 <jane@partner.example>: Recipient address rejected: User unknown

-------SMTP command
DATA

-------original message
${ORIGINAL}`,
    says: [gone],
  },
  {
    family: "Verizon",
    text: `Your message could not be delivered.

From: alerts@acme.example
To: 5555550100@vtext.example
Subject: Hello
Error: 550 5.1.1 vtext.com reports: no such subscriber`,
    header: { From: "post_master@vtext.example", Subject: "Undeliverable Message" },
    says: ["bounce 5555550100@vtext.example 5.1.1 userUnknown"],
  },
  {
    family: "GroupWise",
    text: `The message that you sent was undeliverable to the following:
	jane@partner.example (550 5.1.1 user unknown)`,
    header: { Subject: "Message status - undeliverable" },
    says: [gone],
  },
  {
    family: "Momentum, iCloud",
    text: `This message was created automatically by the mail system (ecelerity).

A message that you sent could not be delivered to one or more of its
recipients. This is a permanent error. The following address(es) failed:

>>> jane@partner.example (reading RCPT_TO): 550 5.1.1 User unknown

------ This is a copy of the headers of the original message. ------

${ORIGINAL}`,
    says: [gone],
  },
  {
    family: "Exim, an address that is written wrongly",
    text: `This message was created automatically by mail delivery software.

A message that you sent contained one or more recipient addresses that were
incorrectly constructed:

  jane@partner.example>: malformed address: > may not follow jane@partner.example

This address has been ignored. There were no other addresses in your message, and so no
attempt at delivery was possible.`,
    says: ["bounce jane@partner.example 5.0.0 contentRejected"],
  },
  {
    family: "Exim, a frozen message",
    text: `Message 1kQx-0004-Ab has been frozen (delivery error message).
The sender is <alerts@acme.example>.

The following address(es) have yet to be delivered:

  jane@partner.example: Connection refused`,
    header: { Subject: "Message 1kQx-0004-Ab frozen" },
    says: ["bounce jane@partner.example 5.0.0 networkError"],
  },
  {
    family: "PowerMTA",
    text: `Hello, this is the mail server on pmta.acme.example.

I am sending you this message to inform you on the delivery status of a
message you previously sent.  Immediately below you will find a list of
the affected recipients.

  <jane@partner.example>  delivery failed; will not continue trying`,
    header: { Subject: "Delivery report" },
    says: ["bounce jane@partner.example 5.0.0 undefined"],
  },
  {
    family: "IMail, a host",
    text: "Unknown host: jane@partner.example\n\nOriginal message follows.",
    header: { Subject: "Undeliverable Mail" },
    says: ["bounce jane@partner.example 5.0.0 hostUnknown"],
  },
  {
    family: "IMail, the answer of another server",
    text: `undeliverable to jane@partner.example

Body of message generated response:
550 5.1.1 User unknown

Original message follows.`,
    header: { Subject: "Undeliverable Mail" },
    says: [gone],
  },
  {
    family: "Domino, in German",
    text: `Ihre Nachricht

  Betreff: Hello

konnte nicht zugestellt werden an:

  jane@partner.example

wegen:

  User jane (jane@partner.example) not listed in Domino Directory`,
    header: { Subject: "ZUSTELLUNGSFEHLER: User jane (jane@partner.example) not listed in Domino Directory" },
    says: ["bounce jane@partner.example 5.0.0 userUnknown"],
  },
  {
    family: "KDDI",
    text: `Your mail sent on: Sat, 21 Nov 2026 07:41:17 +0900
    Could not be delivered to: <jane@au.example>
    As their mailbox is full.`,
    header: {
      "Return-Path": "<no-reply@au.example>",
      From: "no-reply@au.example",
      Subject: "Mail System Error - Returned Mail",
    },
    says: ["bounce jane@au.example 4.0.0 mailboxFull"],
  },
  {
    family: "Exchange 2007, in Swedish",
    text: `Det gick inte att leverera till dessa mottagare eller grupper:

jane@partner.example

Diagnostisk information för administratörer:

Genererande server: mx.partner.example

jane@partner.example
Remote Server returned '550 5.1.1 RESOLVER.ADR.RecipNotFound; not found'`,
    header: { Subject: "Olevererbart: Hello" },
    says: [gone],
  },
  {
    family: "no family: an address, a code",
    text: `Sorry, this did not work:

  jane@partner.example - 550 5.1.1 no such mailbox`,
    says: [gone],
  },
  {
    family: "no family: a sentence",
    text: "Your message could not be delivered to <jane@partner.example>. The server answered 550 5.1.1 no such user.",
    says: [gone],
  },
  {
    family: "no family, Japanese",
    text: `以下の宛先へのメールは配信できませんでした。

宛先: jane@partner.example
550 5.1.1 User unknown`,
    header: { Subject: "=?utf-8?B?6YWN5L+h44Ko44Op44O8?=" },
    says: [gone],
  },
];

describe("what mail systems write, and no part for machines with it", () => {
  test.each(samples)("$family", async ({ text, says, header }) => {
    expect(await read(text, header)).toEqual(says);
  });
});

describe("hostile reports", () => {
  const pieces = fc.constantFrom(
    "<a@b.example>",
    "a@b.example",
    ":",
    "...",
    "550 5.1.1",
    ">>> RCPT To:<",
    "\n",
    "\n\n",
    " ",
    '"',
    "@",
    "To: ",
    "障害",
    "\u0000",
    "This is the qmail",
    "The following addresses had errors",
    "Technical details",
    "(expanded from: <",
    "Original address: ",
    "could not be delivered ",
    "<<< ",
    "----- Original message -----",
    "mailto:",
  );

  test("whatever the text, each recipient is an address, and its reason is short", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(pieces, fc.string({ maxLength: 20 })), { maxLength: 60 }), async (parts) => {
        for (const { recipient, diagnosticCode } of readTextReport(await report(parts.join("")))) {
          expect(recipient).toMatch(/^\S.*@\S+$/su);
          expect(diagnosticCode?.length ?? 0).toBeLessThanOrEqual(1_000);
        }
      }),
      { numRuns: 300 },
    );
  });

  test.each([
    ["a list of 100,000 recipients", "<a%@b.example>: 550 5.1.1 unknown\n"],
    ["one recipient 100,000 times", "<a@b.example>: 550 5.1.1 unknown\n"],
    ["100,000 openings of addresses", "<a@"],
    ["a line of a megabyte", "a@b.example "],
  ])("%s: at most 1,000 are read", async (_title, unit) => {
    const text = Array.from({ length: 100_000 }, (_, at) => unit.replace("%", String(at))).join("");
    expect((await read(`This is the mail system at host mx.\n${text}`)).length).toBeLessThanOrEqual(1_000);
  });
});
