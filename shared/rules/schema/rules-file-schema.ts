import * as z from "zod";
import { expected, mapping, unknownWord } from "../../yaml/schema/schema-words.ts";
import { MAX_RULES } from "../limits.ts";
import { DISPOSITIONS, SEVERITIES } from "../vocabulary.ts";
import { conditionSchema } from "./condition-schema.ts";

// One source for three things: the check of a rules file, its types, and the JSON Schema that editors complete from.
// The descriptions are shown by editors; each is for a person who writes a rule.

const NAME = /^[A-Za-z0-9_.-]{1,64}$/;
const nameWords = "a name of 1 to 64 letters A to Z, digits, _, . or -";

const alert = mapping({
  topic: z
    .string()
    .regex(NAME, expected(nameWords))
    .default("default")
    .describe("The short name of an SNS topic of the configuration."),
  severity: z.enum(SEVERITIES, unknownWord("severity", SEVERITIES)).default("info").describe("How urgent it is."),
  tags: z
    .array(z.string().regex(NAME, expected(nameWords)))
    .max(20)
    .default([])
    .describe("Words that subscribers can filter by."),
});

const rule = mapping({
  name: z
    .string()
    .regex(NAME, expected(nameWords))
    .describe("Unique in the file; alerts and records name the rule by it."),
  description: z.string().exactOptional().describe("For the reader of this file."),
  enabled: z.boolean().default(true).describe("A rule that is not enabled is checked and never run."),
  stop: z.boolean().default(false).describe("When this rule matches, no later rule runs."),
  when: conditionSchema,
  alert: alert.prefault({}).describe("What is published when the rule matches."),
});

const disposition = z.enum(DISPOSITIONS, unknownWord("disposition", DISPOSITIONS)).meta({ id: "disposition" });
const dispositions = mapping({
  PASS: disposition.exactOptional(),
  FAIL: disposition.exactOptional(),
  GRAY: disposition.exactOptional(),
  PROCESSING_FAILED: disposition.exactOptional(),
  DISABLED: disposition.exactOptional(),
  absent: disposition.exactOptional().describe("SES gave no such verdict."),
}).meta({ id: "dispositions" });
const policy = mapping({
  spam: dispositions.exactOptional(),
  virus: dispositions.exactOptional(),
  spf: dispositions.exactOptional(),
  dkim: dispositions.exactOptional(),
  dmarc: dispositions.exactOptional(),
});

export const rulesFileSchema = mapping({
  version: z.literal(1).default(1).describe("The version of this format: 1."),
  policy: policy
    .default({})
    .describe(
      "What the receipt rule's synchronous Lambda answers to SES, by verdict and status. What is not named is CONTINUE.",
    ),
  rules: z.array(rule).max(MAX_RULES).describe("Run in this order over every mail."),
});
