import * as z from "zod";
import { VERDICT_STATUSES } from "../../receipt/receipt.ts";
import { expected, ifElseRight, mapping, oneOrMore, semantic, unknownWord } from "../../yaml/schema/schema-words.ts";
import { addressPatternProblem } from "../conditions/address-pattern.ts";
import { BYTE_SIZE, parseByteSize } from "../conditions/byte-size.ts";
import { keywordProblem } from "../keywords/keyword-spelling.ts";
import { MAX_GLOB_LENGTH, MAX_KEYWORD_LENGTH, MAX_PATTERN_LENGTH } from "../limits.ts";
import { patternError } from "../patterns/pattern-error.ts";
import { DEFAULT_TEXT_FIELDS, TEXT_FIELDS } from "../vocabulary.ts";

// The descriptions are shown by editors; each is for a person who writes a rule.

/** RFC 5322, 2.2: printable ASCII but the colon. */
const HEADER_NAME = /^[!-9;-~]+$/;

const fieldWords = unknownWord("field", [...TEXT_FIELDS, "header:<name>"]);
const field = z.union(
  [z.enum(TEXT_FIELDS, fieldWords), z.templateLiteral(["header:", z.string().regex(HEADER_NAME)])],
  fieldWords,
);
const fields = z
  .array(field)
  .min(1)
  .default([...DEFAULT_TEXT_FIELDS])
  .describe("Where to search: subject, text, html, from, to, attachmentNames, attachmentTypes, or header:<name>.");

const keyword = z.string().max(MAX_KEYWORD_LENGTH, { abort: true }).check(semantic(keywordProblem));
const keywordList = z.array(keyword).min(1).meta({ id: "keywordList" });
const keywordLists = mapping({
  any: keywordList.exactOptional().describe("Holds when at least one of these is found."),
  all: keywordList.exactOptional().describe("Holds when each of these is found."),
  none: keywordList.exactOptional().describe("Holds when not one of these is found."),
  in: fields,
  substring: z.boolean().default(false).describe("Find keywords inside longer words too."),
  lookAlikes: z
    .boolean()
    .default(false)
    .describe("Find what looks like a keyword too: Cyrillic а for Latin a, 1 for l, rn for m."),
}).refine(({ any, all, none }) => any ?? all ?? none, ifElseRight("expected a list under any, all or none"));

const keywords = z
  .union(
    [keywordList, keywordLists],
    expected('a list of keywords such as [outage, "service down"], or a mapping with any, all or none'),
  )
  .transform((given) =>
    Array.isArray(given) ? { any: given, in: [...DEFAULT_TEXT_FIELDS], substring: false, lookAlikes: false } : given,
  )
  .describe(
    "Words to search for, in any script. Whole words; `urgen*` finds all that begin so. A bare list is short for `any`.",
  );

const pattern = z
  .string()
  .min(1)
  .max(MAX_PATTERN_LENGTH, { abort: true })
  .check(semantic(patternError))
  .describe("A regular expression in RE2's syntax, in single quotes. Case-sensitive unless it begins with (?i).");
const matches = oneOrMore(mapping({ pattern, in: fields }), "a mapping with a pattern, or a list of such").describe(
  "Regular expressions to search for; each must be found.",
);

const glob = z.string().min(1).max(MAX_GLOB_LENGTH, { abort: true });
const globs = oneOrMore(glob, "text, or a list of texts");
const addressPatterns = oneOrMore(
  glob.check(semantic(addressPatternProblem)),
  'an address, a pattern such as "*@acme.example", or a list of such',
).meta({ id: "addressPatterns" });

const header = mapping({
  name: z.string().regex(HEADER_NAME, expected("the name of a header, without its colon")).describe("In any case."),
  value: glob
    .exactOptional()
    .describe("What it must say; `*` stands for any run of characters. Without it, the header must be there."),
  absent: z.literal(true).exactOptional().describe("The header must not be there."),
}).refine(({ value, absent }) => value === undefined || !absent, {
  error: "a header that is absent has no value: leave one out",
});

const statuses = [...VERDICT_STATUSES, "absent"] as const;
const verdictWords = oneOrMore(
  z.enum(statuses, unknownWord("status", statuses)),
  "a status such as FAIL, or a list of such",
).meta({ id: "statuses" });
const verdicts = mapping({
  spam: verdictWords.exactOptional(),
  virus: verdictWords.exactOptional(),
  spf: verdictWords.exactOptional(),
  dkim: verdictWords.exactOptional(),
  dmarc: verdictWords.exactOptional(),
})
  .refine((given) => Object.keys(given).length > 0, ifElseRight("expected at least one verdict"))
  .describe(
    "What SES found; each must be one of the words given. `absent`: SES gave none. A PASS that anybody can have written does not count.",
  );

const sizeWords = expected("a size such as 500KB or 10MB, or a number of bytes");
const byteSize = z.union([z.int().min(0, { abort: true }), z.string().regex(BYTE_SIZE, sizeWords)], sizeWords);
const size = mapping({
  over: byteSize.exactOptional().describe("Larger than this: bytes, or with KB or MB (1024)."),
  under: byteSize.exactOptional().describe("Smaller than this: bytes, or with KB or MB (1024)."),
})
  .refine(({ over, under }) => over !== undefined || under !== undefined, ifElseRight("expected over, under or both"))
  .refine(({ over, under }) => over === undefined || under === undefined || isWider(over, under), {
    error: "no mail is both larger than `over` and smaller than `under`",
  })
  .describe("The size of the whole mail as it was sent.");

const count = mapping({
  min: z.int().min(0).exactOptional(),
  max: z.int().min(0).exactOptional(),
}).refine(({ min = 0, max = Number.POSITIVE_INFINITY }) => min <= max, { error: "min is more than max" });

const attachments = mapping({
  type: globs.exactOptional().describe("`type/subtype`; `*` stands for any run of characters."),
  name: globs.exactOptional().describe("The file name; `*` stands for any run of characters."),
  count: count.exactOptional().describe("How many such attachments; at least one when this is left out."),
}).describe("Attachments of the mail and of messages attached to it, of this type and name.");

/** Whether a size is between these, both left out. */
function isWider(over: number | string, under: number | string): boolean {
  return (parseByteSize(over) ?? 0) + 1 < (parseByteSize(under) ?? 0);
}

/**
 * What a rule asks of a mail. All that is given must hold. The check that something is given stands in `check-rules.ts`:
 * a refinement here would hide the schema from its own recursion.
 */
export const conditionSchema = mapping({
  keywords: keywords.exactOptional(),
  matches: matches.exactOptional(),
  from: addressPatterns.exactOptional().describe("An address of the header From."),
  to: addressPatterns.exactOptional().describe("An address of the headers To and Cc."),
  recipient: addressPatterns
    .exactOptional()
    .describe("An address that the mail was delivered to (the envelope, BCC included)."),
  mailFrom: addressPatterns.exactOptional().describe("The envelope sender; `<>` is the null sender of bounces."),
  header: oneOrMore(header, "a mapping with the name of a header, or a list of such")
    .exactOptional()
    .describe("Each of these must hold."),
  verdicts: verdicts.exactOptional(),
  size: size.exactOptional(),
  attachments: attachments.exactOptional(),
  get all() {
    return z.array(conditionSchema).min(1).exactOptional().describe("Each of these conditions must hold.");
  },
  get any() {
    return z.array(conditionSchema).min(1).exactOptional().describe("At least one of these conditions must hold.");
  },
  get not() {
    return conditionSchema.exactOptional().describe("This condition must not hold.");
  },
}).meta({ id: "condition", minProperties: 1, description: "Conditions; all that are given must hold." });
