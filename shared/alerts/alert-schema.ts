import * as z from "zod";
import { VERDICT_NAMES, VERDICT_STATUSES } from "../receipt/receipt.ts";
import { SEVERITIES } from "../rules/vocabulary.ts";

// What subscribers get, as a contract: docs/alert.schema.json is written from this file, and its descriptions are read there.
// Fields may be added within version 1; none is removed or changes its meaning.

export const mailboxSchema = z.object({
  name: z.string().describe("Display name, decoded; empty when there is none."),
  address: z.string().describe("As written, without angle brackets."),
});

const textReason = z
  .object({
    field: z
      .string()
      .describe("Where it was found: subject, text, html, from, to, attachmentNames, header:x-ticket, …"),
    keyword: z.exactOptional(z.string()).describe("The keyword, as the rules file spells it."),
    pattern: z.exactOptional(z.string()).describe("The pattern, as the rules file spells it."),
    start: z.int().describe("UTF-16 units in the field's decoded text."),
    end: z.int(),
    excerpt: z.string().describe("The words around, on one line."),
    excerptStart: z.int().describe("Where what was found stands in the excerpt: UTF-16 units."),
    excerptEnd: z.int(),
    where: z.exactOptional(z.string()).describe("Inside which attached message: nested[0].subject"),
    hidden: z.exactOptional(z.literal(true)).describe("It is in the HTML but hidden from a person who reads it."),
  })
  .describe("A keyword or pattern was found.");

const factReason = z
  .object({
    field: z.string().describe("recipient, from, verdicts.dmarc, size, …; mailroom in an alert to the operator."),
    condition: z.string().describe("As the rules file spells it."),
    value: z.string().describe("What the mail has."),
  })
  .describe("A fact about the mail met a condition.");

/** One reason why a rule matched; records have the same. */
export const reasonSchema = z.union([textReason, factReason]);

/** The `default` form of an alert: what SQS, Lambda and HTTP subscribers get. */
export const publishedAlertSchema = z
  .object({
    v: z.literal(1),
    mailroom: z
      .object({
        alert: z.string(),
        after: z
          .exactOptional(z.array(z.string()))
          .describe(
            "Marks of the alerts that led to this one, the newest first: it is about a mail that carries them.",
          ),
      })
      .describe(
        "Says that this is an alert of Mailroom; holds its mark, by which the desk knows it when it comes back.",
      ),
    id: z.string().describe("The same for every delivery of this alert. Drop the second one."),
    rule: z.string().describe("The rule that matched; mailroom/… when Mailroom itself has something to say."),
    severity: z.enum(SEVERITIES),
    tags: z.array(z.string()),
    topic: z.string().describe("The topic's short name in the rules file."),
    recipientDomain: z.array(z.string()).describe("Domains of the envelope recipients: lower case, ASCII, each once."),
    fromDomain: z.array(z.string()).describe("Domains of the From header: lower case, ASCII, each once."),
    dmarc: z
      .enum([...VERDICT_STATUSES, "absent", "untrusted"])
      .describe("SES's verdict; untrusted for a PASS that may be forged."),
    sesMessageId: z.string().describe("Empty in a word to the operator that is about no mail."),
    receivedAt: z.string().nullable().describe("ISO 8601, UTC."),
    envelope: z.object({
      mailFrom: z.string().describe("Empty for the null sender of bounces."),
      recipients: z.array(z.string()),
    }),
    from: z.array(mailboxSchema).describe("The From header: what the mail says of itself."),
    subject: z.string(),
    because: z.array(reasonSchema),
    verdicts: z.partialRecord(z.enum(VERDICT_NAMES), z.enum(VERDICT_STATUSES)),
    verdictsTrusted: z.boolean().describe("False when the verdicts were rebuilt from headers that anybody can write."),
    warnings: z.array(z.string()).describe("Sentences to read before believing the mail."),
    raw: z.string().describe("The storage key of the raw mail."),
    sha256: z.string().describe("Of the raw mail, hex; empty when it could not be read."),
    size: z.int().describe("Bytes of the raw mail."),
    cut: z.array(z.string()).describe("Fields that were shortened so that the alert fits into a notification."),
  })
  .describe("An alert of Mailroom, as published to SNS.");

export type PublishedAlert = z.infer<typeof publishedAlertSchema>;

/** docs/alert.schema.json: what a subscriber may rely on. Further fields are allowed, since later versions may add some. */
export function alertJsonSchema(): object {
  return { title: "Mailroom alert, version 1", ...z.toJSONSchema(publishedAlertSchema, { io: "input" }) };
}
