import { hostileMails } from "./hostile-mails.ts";

/** Every keyword that must be found, each under a rule of its own: `sought-1`, ... */
const SOUGHT = [...new Set(hostileMails(1).flatMap(({ found }) => found ?? []))];

/** The rule that looks for this keyword alone. */
export function ruleFor(keyword: string): string {
  return `sought-${SOUGHT.indexOf(keyword) + 1}`;
}

/** A rules file of 1,000 keywords and 40 patterns, with a condition of every kind, in every field. */
export function hostileRules(): string {
  return JSON.stringify({
    rules: [
      ...SOUGHT.map((keyword) => ({ name: ruleFor(keyword), when: { keywords: [keyword] } })),
      ...[0, 1, 2, 3].map(keywordRule),
      { name: "patterns", when: { any: PATTERNS.map((pattern) => ({ matches: { pattern, in: FIELDS } })) } },
      { name: "facts", when: { any: FACTS } },
    ],
  });
}

const FIELDS = ["subject", "text", "html", "from", "to", "attachmentNames", "attachmentTypes", "header:x-ticket"];

const STEMS = ["server", "error", "word", "text", "ab", "障害", "サーバー", "a", "отказ", "é", "begin", "QUJD", "rn"];

/** 250 keywords in a manner of their own: words, prefixes, inside of words, by what looks alike. */
function keywordRule(manner: number): object {
  const words = Array.from({ length: 250 }, (_, place) => {
    const word = `${STEMS[place % STEMS.length]}${place < STEMS.length ? "" : ` ${place}${manner}`}`;
    return manner === 1 ? `${word}*` : word;
  });
  const keywords = { any: words, in: FIELDS, substring: manner === 2, lookAlikes: manner === 3 };
  return { name: `keywords-${manner}`, when: { keywords } };
}

const PATTERNS = [
  "[ab]*a[ab]{90}c",
  "(a|b|ab)*c",
  "(x+x+)+y",
  "INV-\\d{6}",
  "(?i)urgent.{0,50}payment",
  ...Array.from({ length: 35 }, (_, place) => `\\bticket ${place}[0-9]{3,9}\\b`),
];

const FACTS = [
  { from: ["*@*.evil.example", "*a*b*c*d@e"] },
  { to: "*@*.*.*.example" },
  { recipient: "*@mail.acme.example" },
  { header: [{ name: "X-1", value: "*a*b*c*d*e*" }, { name: "Received" }] },
  { verdicts: { dmarc: "FAIL" } },
  { size: { over: "10MB" } },
  { attachments: { name: "*.*.*.*exe", count: { min: 3 } } },
];
