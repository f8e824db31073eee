import * as fc from "fast-check";
import type { Alert } from "../../shared/alerts/alert.ts";
import { VERDICT_NAMES, VERDICT_STATUSES } from "../../shared/receipt/receipt.ts";
import type { Reason } from "../../shared/rules/reason.ts";
import { SEVERITIES } from "../../shared/rules/vocabulary.ts";

/** Pieces that have broken some format before: line ends, quotes, escapes, direction marks, halves of characters. */
// biome-ignore format: one piece a line would hide how they belong together
const piece = fc.constantFrom(
  "\n", "\r\n", "\u2028", "\u0085", "\0", "\x1b[2J", "\u009b31m", '"', "\\", "</", "\u202e", "\u2066", "\u200b", "\ufeff",
  "\ud83d", "\udd25", "🔥", "障害", "ﾊﾞﾝ", "ﷺ", "\uffff", "é", "a\u0301\u0301\u0301\u0301\u0301\u0301", " ", "SPF: PASS", "WARNING:", "a",
);

/** Any text that a mail may hold, lone surrogates included; sometimes one that is far too long. */
export const anyText = fc.oneof(
  { weight: 4, arbitrary: fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join("")) },
  { weight: 4, arbitrary: fc.string({ unit: "binary", maxLength: 60 }) },
  {
    weight: 1,
    arbitrary: fc.tuple(piece, fc.integer({ min: 1, max: 3000 })).map(([text, times]) => text.repeat(times)),
  },
);

const reason: fc.Arbitrary<Reason> = fc.oneof(
  fc.record({ field: anyText, condition: anyText, value: anyText }),
  fc.record({
    field: anyText,
    keyword: anyText,
    start: fc.nat(),
    end: fc.nat(),
    excerpt: anyText,
    excerptStart: fc.nat(),
    excerptEnd: fc.nat(),
    hidden: fc.constant<true>(true),
  }),
  fc.record({
    field: anyText,
    pattern: anyText,
    start: fc.nat(),
    end: fc.nat(),
    excerpt: anyText,
    excerptStart: fc.nat(),
    excerptEnd: fc.nat(),
    where: anyText,
  }),
);
const mailbox = fc.record({
  name: anyText,
  address: fc.oneof(
    anyText,
    anyText.map((text) => `a@${text}.example`),
  ),
});

/** Any alert of the right shape, however wild its texts. */
export const anyAlert: fc.Arbitrary<Alert> = fc.record({
  v: fc.constant<1>(1),
  id: fc.stringMatching(/^[0-9a-f]{32}$/),
  mark: fc.stringMatching(/^[0-9a-f]{32}$/),
  after: fc.uniqueArray(fc.stringMatching(/^[0-9a-f]{32}$/), { maxLength: 10 }),
  rule: anyText,
  severity: fc.constantFrom(...SEVERITIES),
  tags: fc.array(anyText),
  topic: anyText,
  sesMessageId: anyText,
  receivedAt: fc.option(anyText),
  envelope: fc.record({ mailFrom: anyText, recipients: fc.array(anyText, { maxLength: 80 }) }),
  from: fc.array(mailbox, { maxLength: 60 }),
  subject: anyText,
  because: fc.array(reason, { maxLength: 60 }),
  verdicts: fc.record(Object.fromEntries(VERDICT_NAMES.map((name) => [name, fc.constantFrom(...VERDICT_STATUSES)])), {
    requiredKeys: [],
  }),
  verdictsTrusted: fc.boolean(),
  warnings: fc.array(anyText),
  raw: anyText,
  sha256: fc.stringMatching(/^[0-9a-f]{64}$/),
  size: fc.nat(),
});
