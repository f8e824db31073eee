import * as z from "zod";
import { mailboxSchema, reasonSchema } from "../alerts/alert-schema.ts";
import { BOUNCE_TYPES, FEEDBACK_REASONS } from "../feedback/feedback.ts";
import { MAX_FILENAME_LENGTH } from "../message/limits.ts";
import { PROBLEM_CODES, type ProblemCode } from "../message/problems.ts";
import { VERDICT_NAMES, VERDICT_STATUSES } from "../receipt/receipt.ts";
import type { MailRecord } from "./record.ts";

// What `replay --json` prints and the mail log keeps, as a contract: docs/record.schema.json is written from this file.
// Fields may be added within version 1; none is removed or changes its meaning.

const hex64 = z.string().regex(/^([0-9a-f]{64})?$/);
const instant = z.iso.datetime({ precision: 3 }).nullable().describe("ISO 8601, UTC, with milliseconds.");

const filename = z.string().min(1).max(MAX_FILENAME_LENGTH);
const attachment = z.object({
  filename: filename.nullable().describe("Cleaned of paths, control and direction characters."),
  otherNames: z
    .exactOptional(z.array(filename))
    .describe("Other names of the same file, of which some program shows one."),
  contentType: z.string().describe("Lower case, type/subtype."),
  size: z.int().min(0).describe("Bytes after the transfer encoding is undone."),
  inline: z.boolean().describe("Shown in the text rather than beside it."),
});

const action = z.object({
  id: z
    .string()
    .regex(/^[0-9a-f]{32}$/)
    .describe("Stable: the alert's id, by which a second delivery is known."),
  rule: z.string().min(1).describe("The rule that asked for it; mailroom/… when it was Mailroom itself."),
  type: z.literal("alert"),
  topic: z.string().min(1).describe("The topic's short name."),
  status: z
    .enum(["planned", "done", "skipped"])
    .describe("planned: it has not happened. done: it has, now or earlier. skipped: it happened before."),
});

const feedback = z
  .object({
    kind: z.enum(["bounce", "complaint", "delay", "delivery"]),
    recipient: z.string(),
    action: z.string().nullable().describe("RFC 3464: failed, delayed, delivered, relayed, expanded."),
    status: z.string().nullable().describe("RFC 3463: 5.1.1"),
    bounceType: z.enum(BOUNCE_TYPES).nullable(),
    bounceSubType: z.string().nullable().describe("SES's word, or one that it adds later."),
    reason: z.enum(FEEDBACK_REASONS).nullable(),
    diagnosticCode: z.string().nullable(),
    feedbackType: z.string().nullable().describe("RFC 5965: abuse, not-spam, …"),
    via: z.enum(["notification", "event", "dsn", "arf"]),
    trusted: z.boolean().describe("Whether it may have consequences."),
  })
  .describe("What a report says of one recipient; what does not apply to its kind is null.");

const codes = Object.keys(PROBLEM_CODES) as [ProblemCode, ...ProblemCode[]];

/** A record as it is printed and kept. */
export const mailRecordSchema = z
  .object({
    v: z.literal(1),
    source: z.string().describe("The storage key, or the path as it was given."),
    sesMessageId: z.string().min(1),
    sha256: hex64.describe("Of the raw bytes; empty when they could not be read, or not all of them."),
    size: z.int().min(0).describe("Bytes of the raw mail."),
    receivedAt: instant,
    envelope: z.object({
      mailFrom: z.string().describe("Empty for the null sender of bounces."),
      recipients: z.array(z.string()),
    }),
    verdicts: z.partialRecord(z.enum(VERDICT_NAMES), z.enum(VERDICT_STATUSES)),
    verdictsTrusted: z.boolean().describe("False when the verdicts were rebuilt from headers that anybody can write."),
    rebuilt: z.boolean().describe("Whether the receipt was rebuilt from the headers of the mail."),
    message: z.object({
      subject: z.string(),
      from: z.array(mailboxSchema),
      to: z.array(mailboxSchema),
      date: instant,
      attachments: z.array(attachment),
    }),
    rulesVersion: z
      .string()
      .regex(/^[0-9a-f]{16}$/)
      .nullable()
      .describe("Names what the rules file says; null when no rule was asked."),
    matches: z.array(z.object({ rule: z.string().min(1), because: z.array(reasonSchema) })),
    actions: z.array(action),
    feedback: z.array(feedback),
    outcome: z.enum(["processed", "quarantined", "ignored", "unparsable", "duplicate"]),
    why: z.exactOptional(z.string().min(1)).describe("Why the mail was ignored or held back."),
    problems: z.array(z.object({ code: z.enum(codes), message: z.string().min(1) })),
  })
  .describe("What Mailroom keeps of one mail: seen, decided, done.") satisfies z.ZodType<MailRecord>;

/** docs/record.schema.json. Further fields are allowed, since later versions may add some. */
export function recordJsonSchema(): object {
  return { title: "Record of a mail, version 1", ...z.toJSONSchema(mailRecordSchema, { io: "input" }) };
}
