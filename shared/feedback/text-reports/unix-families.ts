import type { Family } from "./family.ts";
import { ALONE, BRACKETED, COLON, DOTS, lineShape, RCPT_TO } from "./line-shape.ts";

/** Programs that pass mail on, and what hosting services and networks made of them. */
export const UNIX_FAMILIES: readonly Family[] = [
  {
    name: "DragonFly Mail Agent",
    tells: /this is the dragonfly mail agent/i,
    recipients: [
      lineShape(String.raw`(?:delivering your (?:mail|message) to|could not be delivered to)\s{1,3}<?ADDR>?`),
    ],
    reasonFollows: /delivering your (?:mail|message) to|could not be delivered to/i,
    ends: /^message headers? follow/i,
  },
  {
    name: "OpenSMTPD",
    tells: /this is the mailer-daemon, please do not reply/i,
    recipients: [COLON],
    ends: /below is a copy of/i,
  },
  {
    name: "Exim, a malformed address",
    tells: /contained (?:a|one or more) recipient address(?:es)? that (?:was|were) incorrectly constructed/i,
    recipients: [COLON, BRACKETED, ALONE],
  },
  {
    name: "Exim, a delay",
    tells:
      /message .{0,60}has not yet been delivered|(?:one or more|all) of its recipients after more than|recipients? to which .{0,40}not yet been delivered/i,
    recipients: [ALONE, BRACKETED, COLON],
    delayed: true,
  },
  {
    name: "1&1, GMX, web.de and others",
    tells:
      /created automatically by mail delivery software.{0,300}(?:the following address(?:\(es\))? failed|smtp error from remote server)/i,
    recipients: [COLON, BRACKETED, ALONE],
    ends: /^-{2,}\s?the header of the original/i,
  },
  {
    name: "Zoho",
    tells: /created automatically by mail delivery software.{0,400}(?:ERROR_CODE|\[Status: )/i,
    recipients: [
      lineShape(String.raw`\[Status: [\w ]{1,20}, Address: <ADDR>, ?WHY$`),
      lineShape(String.raw`^\s{0,9}<?ADDR>?[\s,]{1,9}WHY$`),
    ],
  },
  {
    name: "Exim",
    tells:
      /created automatically by mail delivery software|that you sent (?:could not|has not) be(?:en)? delivered to (?:one or more|all|any) of|message .{0,40}frozen/i,
    recipients: [BRACKETED, ALONE, COLON, lineShape(String.raw`^\s{1,9}ADDR\s{1,9}(?=\()WHY$`)],
    ends: /^-{4,} this is a copy|^-{4,} a copy of/i,
  },
  {
    name: "Postfix and its relatives",
    tells: /this is the .{0,40}(?:mail system|program|mail server) (?:at|on) |i'm sorry to have to inform you|vmailer/i,
    recipients: [BRACKETED],
  },
  {
    name: "qmail and its relatives",
    tells:
      /this is the qmail|qmail-send|(?:wasn't|was not|were|was) (?:un)?able to deliver (?:your|the|this|a) message|this is a permanent error; i've given up|we're sorry\. there's a problem with the e-?mail address|check your send e-?mail address|unable to deliver (?:your )?message to the following address|looks like your message wasn't delivered|kindly requests? to check the address/i,
    recipients: [BRACKETED, COLON, ALONE],
    ends: /^-{2,}.{0,9}(?:below|enclosed)/i,
  },
  {
    name: "sendmail, with its list of addresses",
    tells: /the following address(?:es)? had .{0,60}(?:errors?|problems?)|following addresses had delivery/i,
    begins: /address(?:es)? had .{0,60}(?:errors?|problems?)/i,
    recipients: [
      lineShape(String.raw`^>{3}\s{1,3}\S{1,300}\s{1,3}<ADDR>`),
      lineShape(String.raw`^\s{0,9}<?ADDR>?\s{1,9}[[(]WHY[\])]$`),
      BRACKETED,
      ALONE,
    ],
    reasonFollows: /transcript of session follow|^-{2,} ?original message ?-{2,}$/i,
  },
  {
    name: "sendmail, the transcript alone",
    tells: /transcript of (?:the )?session|while talking to/i,
    recipients: [DOTS, RCPT_TO],
    reasonFollows: /transcript of|while talking to/i,
  },
  {
    name: "smail",
    tells: /failed addresses follow/i,
    begins: /failed addresses follow/i,
    recipients: [lineShape(String.raw`^\s{0,9}<?ADDR>?\s{0,9}\.{2,4}\s{0,3}WHY$`), BRACKETED, COLON, ALONE],
    ends: /message text follows/i,
  },
  {
    name: "Courier",
    tells: /running the courier mail server|undeliverable mail your message to the following/i,
    recipients: [BRACKETED, ALONE, COLON],
  },
  {
    name: "Sun Messaging Server and PMDF",
    tells:
      /this report relates to a message you sent|your message (?:cannot|could not|can't) be delivered to the following recipients/i,
    begins: /be delivered to the following|recipient address/i,
    recipients: [lineShape(String.raw`^\s{0,9}recipient address:\s{0,9}<?ADDR`)],
  },
  {
    name: "Apache James",
    tells: /error message below|message details:.{0,400}rcpt to/i,
    recipients: [lineShape(String.raw`^\s{0,9}RCPT TO:\s{0,9}<?ADDR`)],
    reasonFollows: /^error message below/i,
  },
  {
    name: "CommuniGate",
    tells: /failed to deliver to|module.{0,40}reports/i,
    recipients: [lineShape(String.raw`failed to deliver to\s{1,3}['"<]ADDR`)],
  },
  {
    name: "IMail",
    tells:
      /(?:unknown user|user mailbox exceeds allowed size|undeliverable to|delivery failed \d+ attempts|mailbox (?:disabled|full)|invalid final delivery)\b[^:]{0,40}:? [^\s@]+@/i,
    recipients: [lineShape(String.raw`^\s{0,9}(?=undeliverable to|[\w ]{4,60}:)WHY\s{1,9}<?ADDR>?\s{0,9}$`)],
  },
];
