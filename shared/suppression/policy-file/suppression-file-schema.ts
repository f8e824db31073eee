import * as z from "zod";
import { FEEDBACK_REASONS } from "../../feedback/feedback.ts";
import { expected, mapping, semantic, unknownWord } from "../../yaml/schema/schema-words.ts";
import { BOUNCE_EFFECTS, DEFAULT_POLICY } from "../policy.ts";
import type { SuppressionReason } from "../suppression.ts";
import { BOUNCE_KEY, bounceKeyProblem } from "./bounce-key.ts";
import { domainPattern, domainPatternProblem } from "./domain-pattern.ts";
import { MAX_COUNT, MAX_COUNTED_DAYS, MAX_EXPIRY_DAYS, MAX_TRUSTED_DOMAINS, MIN_REPEATED_BOUNCES } from "./limits.ts";

// One source for three things: the check of a suppression file, its defaults, and the JSON Schema that editors complete from.
// The descriptions are shown by editors; each is for the person who writes the file.

const { bounces: defaultBounces, repeatedBounces: defaultRepeated, expiryDays: defaultExpiry } = DEFAULT_POLICY;

const effect = z.enum(BOUNCE_EFFECTS, unknownWord("effect", BOUNCE_EFFECTS));
// Editors complete from properties alone.
const namedBounces = Object.fromEntries(
  Object.entries(defaultBounces).map(([key, does]) => [key, { enum: BOUNCE_EFFECTS, default: does }]),
);
const bounces = z
  .record(z.string().check(semantic(bounceKeyProblem)).meta({ pattern: BOUNCE_KEY.source }), effect)
  .meta({ properties: namedBounces })
  .default({})
  .transform((given) => ({ ...defaultBounces, ...given }))
  .describe("What a bounce does, by SES's bounceType/bounceSubType; bounceType/* for subtypes that are not named.");

const reasons = z.array(z.enum(FEEDBACK_REASONS, unknownWord("reason", FEEDBACK_REASONS)));
const counted = z.int().min(1).max(MAX_COUNT);
const countedDays = z.int().min(1).max(MAX_COUNTED_DAYS);

const repeatedBounces = mapping({
  bounces: z.int().min(MIN_REPEATED_BOUNCES).max(MAX_COUNT).default(defaultRepeated.bounces),
  days: countedDays.default(defaultRepeated.days),
})
  .prefault({})
  .describe("So many bounces that count, within so many days and with no delivery between them, suppress.");

const expiryWords = expected(`a number of days from 1 to ${MAX_EXPIRY_DAYS}, or never`);
const expiry = z
  .union([z.int().min(1).max(MAX_EXPIRY_DAYS), z.literal("never", expiryWords)], expiryWords)
  .transform((given) => (given === "never" ? null : given));

function expires(reason: SuppressionReason, description: string) {
  return expiry.prefault(defaultExpiry[reason] ?? "never").describe(description);
}

const expiryDays = mapping({
  complaint: expires("complaint", "The recipient complained."),
  manual: expires("manual", "A person added the address."),
  bounce: expires("bounce", "A permanent bounce."),
  accountList: expires("accountList", "SES's suppression list of the account."),
  tenantList: expires("tenantList", "SES's suppression list of a tenant."),
  globalList: expires("globalList", "SES's global suppression list, which keeps an address for 14 days at most."),
  emailValidation: expires("emailValidation", "SES's Auto Validation judged the address."),
  repeatedBounces: expires("repeatedBounces", "Several soft bounces."),
  mailboxFull: expires("mailboxFull", "A mailbox that stayed full."),
} satisfies Record<SuppressionReason, unknown>)
  .prefault({})
  .describe("After how many days a suppression ends, by its reason; or never.");

const policy = mapping({
  bounces,
  harmlessReasons: reasons
    .default([...DEFAULT_POLICY.harmlessReasons])
    .describe("Bounces for these reasons do nothing, whatever their type: they speak of our mail, not of the mailbox."),
  uncountedReasons: reasons
    .default([...DEFAULT_POLICY.uncountedReasons])
    .describe("Bounces for these reasons do not count as soft ones: they speak of the way to the mailbox, not of it."),
  mislabelled: z
    .boolean()
    .default(DEFAULT_POLICY.mislabelled)
    .describe("Whether a Transient bounce that says 550 5.1.1 is taken for a permanent one."),
  permanentBounces: counted.default(DEFAULT_POLICY.permanentBounces).describe("How many permanent bounces suppress."),
  repeatedBounces,
  mailboxFullDays: countedDays
    .default(DEFAULT_POLICY.mailboxFullDays)
    .describe("A mailbox that is full for so many days, with no delivery between, suppresses."),
  ambiguousComplaints: counted
    .default(DEFAULT_POLICY.ambiguousComplaints)
    .describe("How many complaints that name several recipients suppress each of them."),
  expiryDays,
});

const trust = mapping({
  allow: z
    .array(
      z
        .string()
        .check(semantic(domainPatternProblem))
        .transform((written) => domainPattern(written) ?? written),
    )
    .max(MAX_TRUSTED_DOMAINS)
    .default([])
    .describe("Domains; *.isp.example for all below isp.example. SES's own reports are always believed."),
});

export const suppressionFileSchema = mapping({
  version: z.literal(1).default(1).describe("The version of this format: 1."),
  policy: policy.prefault({}).describe("Which evidence suppresses an address, and for how long."),
  trust: trust
    .prefault({})
    .describe("Whose reports by e-mail are believed, when the mail is authenticated as theirs (DMARC)."),
});
