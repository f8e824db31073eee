import type { Family } from "./family.ts";
import { ALONE, BRACKETED, COLON, lineShape, RCPT_TO } from "./line-shape.ts";

/** Mail services, telephone networks, and the filters and gateways that stand before mailboxes. */
export const SERVICE_FAMILIES: readonly Family[] = [
  {
    name: "Gmail, a delay",
    tells: /delivery to the following recipients? has been delayed|delivery incomplete|message will be retried/i,
    recipients: [ALONE, lineShape(String.raw`delivering your message to\s{1,3}<?ADDR>?WHY$`)],
    reasonFollows: /technical details of temporary failure|response (?:from the remote server )?was:/i,
    delayed: true,
  },
  {
    name: "Gmail",
    tells:
      /delivery to the following recipients? failed permanently|technical details of permanent failure|error that the other server returned was:/i,
    recipients: [ALONE],
    reasonFollows: /technical details|other server returned was:/i,
    answer: /other server returned was:/i,
  },
  {
    name: "Gmail since 2016",
    tells:
      /\*\* (?:address not found|message (?:not delivered|blocked|bounced)|recipient .{0,40}|delivery incomplete) \*\*|(?:wasn't|couldn't be) delivered to .{0,260} because|the response (?:from the remote server )?was/i,
    recipients: [
      lineShape(String.raw`(?:delivered to|delivering your message to|message to)\s{1,3}<?ADDR>?WHY$`),
      lineShape(String.raw`^\s{0,9}<?ADDR>?\s{1,3}(?:because|was|couldn't)WHY$`),
      ALONE,
    ],
    reasonFollows: /response (?:from the remote server )?was/i,
    answer: /the response (?:from the remote server )?was:/i,
  },
  {
    name: "Amazon SES",
    tells: /an error occurred while trying to deliver the mail to the following recipients/i,
    begins: /following recipients/i,
    recipients: [ALONE, BRACKETED],
  },
  {
    name: "au, EZweb",
    tells:
      /the user\(s\) account is|each of the following recipients was rejected|the following recipients did not receive|your mail (?:sent on|attempted to be delivered)|could not be delivered to:.{0,300}(?:mailbox|as their)/i,
    recipients: [
      lineShape(String.raw`^\s{0,9}recipient:\s{0,9}<?ADDR`),
      lineShape(String.raw`^\s{0,9}could not be delivered to:\s{0,9}<?ADDR`),
      BRACKETED,
      ALONE,
    ],
    ends: /^please reply to/i,
  },
  {
    name: "Verizon",
    tells: /error: .{0,300}\b(?:vtext|vzwpix|mypixmessages)\b|vtext\.com|vzwpix/i,
    recipients: [lineShape(String.raw`^\s{0,9}(?:RCPT )?TO:\s{0,9}<?ADDR`)],
    reasonFollows: /^\s{0,9}error:/i,
  },
  {
    name: "MailFoundry and InterScan",
    tells: /unable to deliver (?:this |your )?(?:message|mail) (?:to|because)|sent <<< |received >>> /i,
    recipients: [
      lineShape(String.raw`(?:unable to deliver (?:this |your )?(?:message|mail) to:?|sent <<< RCPT TO:)\s{0,9}<?ADDR`),
      RCPT_TO,
    ],
    reasonFollows: /delivery failed for the following|received >>>|failed with/i,
  },
  {
    name: "MailMarshal",
    tells:
      /could not be delivered (?:because of|to the following recipients)|the following recipients? (?:were|was) affected/i,
    begins: /recipients? (?:were|was) affected|to the following recipients/i,
    recipients: [ALONE, BRACKETED],
    ends: /^additional information/i,
  },
  {
    name: "MessageLabs",
    tells: /regarding recipient(?:\(s\)|s)? ?: /i,
    recipients: [lineShape(String.raw`^\s{0,9}regarding recipient(?:\(s\)|s)?\s{0,3}:\s{0,9}<?ADDR`)],
    ends: /^the original message headers/i,
  },
  {
    name: "amavis, where it refuses by itself",
    tells: /delivery of the e-?mail was stopped/i,
    begins: /^a message from/i,
    recipients: [lineShape("^-> <?ADDR>?")],
    reasonFollows: /was considered|delivery of the e-?mail was stopped|contained/i,
  },
  {
    name: "SurfControl",
    tells: /your message could not be sent.{0,60}transcript/i,
    recipients: [lineShape(String.raw`^\s{0,9}addressed to:\s{0,9}<?ADDR`)],
    reasonFollows: /addressed to:/i,
  },
  {
    name: "McAfee and others that list addresses",
    tells: /following addresses had delivery/i,
    begins: /had delivery/i,
    recipients: [BRACKETED, ALONE],
  },
  {
    name: "X6: numbered errors",
    tells: /we had trouble delivering your message|\d+ error\(s\):/i,
    recipients: [lineShape(String.raw`rejected recipient\s{1,3}<ADDR>WHY$`), lineShape(String.raw`<ADDR>\s{0,9}WHY$`)],
  },
  {
    name: "m-FILTER",
    tells: /m-filter|server message.{0,400}smtp command/i,
    recipients: [ALONE],
    reasonFollows: /^-{4,}\s?server message/i,
    ends: /^-{4,}\s?smtp command/i,
  },
  {
    name: "fml, which turns a mail to its list away",
    tells: /fml ML manager for the ML <|original mail as follows:/i,
    recipients: [lineShape(String.raw`\bML <ADDR>`), lineShape(String.raw`<ADDR>\.(?=\s|$)`)],
    ends: /^original mail as follows/i,
  },
  {
    name: "a list of recipients, then technical details",
    tells: /automatically generated delivery status notification|following recipients? (?:failed|could not)/i,
    recipients: [ALONE, BRACKETED, COLON],
    reasonFollows: /technical details/i,
  },
];
