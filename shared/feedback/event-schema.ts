import * as z from "zod/mini";
import { BOUNCE_TYPES } from "./feedback.ts";

// What a report cannot do without is checked: who it is about, and what kind of bounce it is. All else may be missing or of another
// type than SES documents, and is then taken for missing: no suppression is lost for that.

const text = z._default(
  z.pipe(
    z.unknown(),
    z.transform((value) => (typeof value === "string" && value !== "" ? value : null)),
  ),
  null,
);

const emailAddress = z.string("an e-mail address");

/**
 * Recipients as SES lists them; the list is what a report is about. `mail.destination` names those of the whole mail. One that is
 * empty does not keep the others from being read.
 */
function recipientsOf<Schema extends z.ZodMiniType>(
  recipient: Schema,
  addressOf: (recipient: z.output<Schema>) => string,
) {
  const list = z.array(recipient, "an array of recipients").check(z.minLength(1, "at least one recipient"));
  return list.check(z.refine((all) => all.some((each) => /\S/.test(addressOf(each))), "at least one e-mail address"));
}

const addressIn = ({ emailAddress: address }: { readonly emailAddress: string }) => address;

const RECIPIENT = "an object with emailAddress";

/** The API spells them in capitals, notifications do not (SES fact 2.3.1). */
const bounceType = z.pipe(
  z.transform((word: unknown) =>
    typeof word === "string" ? BOUNCE_TYPES.find((type) => type.toLowerCase() === word.toLowerCase()) : undefined,
  ),
  z.enum(BOUNCE_TYPES, BOUNCE_TYPES.map((type) => `"${type}"`).join(" or ")),
);

export const bounceSchema = z.object(
  {
    bounceType,
    bounceSubType: text,
    bouncedRecipients: recipientsOf(
      z.object({ emailAddress, action: text, status: text, diagnosticCode: text }, RECIPIENT),
      addressIn,
    ),
    timestamp: text,
    feedbackId: text,
    reportingMTA: text,
  },
  "the bounce object",
);
export type BounceReport = z.infer<typeof bounceSchema>;

export const complaintSchema = z.object(
  {
    complainedRecipients: recipientsOf(z.object({ emailAddress }, RECIPIENT), addressIn),
    timestamp: text,
    feedbackId: text,
    complaintSubType: text,
    userAgent: text,
    complaintFeedbackType: text,
    arrivalDate: text,
  },
  "the complaint object",
);
export type ComplaintReport = z.infer<typeof complaintSchema>;

export const delaySchema = z.object(
  {
    delayedRecipients: recipientsOf(
      z.object({ emailAddress, status: text, diagnosticCode: text }, RECIPIENT),
      addressIn,
    ),
    timestamp: text,
    delayType: text,
    expirationTime: text,
    reportingMTA: text,
  },
  "the deliveryDelay object",
);
export type DelayReport = z.infer<typeof delaySchema>;

export const deliverySchema = z.object(
  {
    recipients: recipientsOf(emailAddress, (address) => address),
    timestamp: text,
    smtpResponse: text,
    reportingMTA: text,
  },
  "the delivery object",
);
export type DeliveryReport = z.infer<typeof deliverySchema>;

const header = z.object({ name: z.string(), value: z.string() });

/** The mail that a report is about (SES fact 2.2). */
export const mailSchema = z.catch(
  z.object({
    messageId: text,
    timestamp: text,
    source: text,
    headers: z.catch(z.array(z.catch(header, { name: "", value: "" })), []),
    commonHeaders: z.catch(z.object({ messageId: text }), { messageId: null }),
    tags: z.catch(z.record(z.string(), z.array(z.string())), {}),
  }),
  { messageId: null, timestamp: null, source: null, headers: [], commonHeaders: { messageId: null }, tags: {} },
);
export type MailOfReport = z.infer<typeof mailSchema>;

const nobody = z.object({
  bounce: z.object({
    bounceSubType: z.literal("NoEmail"),
    bouncedRecipients: z.nullish(z.array(z.object({ emailAddress: z.nullish(z.string().check(z.regex(/^\s*$/))) }))),
  }),
});

/** Whether a bounce is of the kind that has no address in it, and has none. */
export function namesNobody(payload: unknown): boolean {
  return nobody.safeParse(payload).success;
}
