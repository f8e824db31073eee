import type { Receipt, VerdictName, VerdictStatus } from "../receipt/receipt.ts";

/** A status that needs no sentence has none. SPF, DKIM and DMARC only warn of FAIL: much honest mail is unsigned. */
const SENTENCES: Readonly<Record<VerdictName, Readonly<Partial<Record<VerdictStatus | "absent", string>>>>> = {
  dmarc: { FAIL: "This mail failed DMARC: it may not be from the sender it names." },
  spf: { FAIL: "This mail failed SPF: the server that sent it is not one that the sender's domain allows." },
  dkim: { FAIL: "This mail failed DKIM: its signature is wrong, or it was changed on its way." },
  virus: {
    FAIL: "SES found a virus in this mail: do not open what is attached.",
    GRAY: "SES is not sure whether this mail has a virus.",
    PROCESSING_FAILED: "SES could not check this mail for viruses.",
    DISABLED: "This mail was not checked for viruses: the receipt rule has scanning switched off.",
    absent: "This mail was not checked for viruses.",
  },
  spam: {
    FAIL: "SES takes this mail for spam.",
    GRAY: "SES is not sure whether this mail is spam.",
    PROCESSING_FAILED: "SES could not check this mail for spam.",
    DISABLED: "This mail was not checked for spam: the receipt rule has scanning switched off.",
    absent: "This mail was not checked for spam.",
  },
};

/** The order in which a person should read them: who it is from, what it can do, whether it is wanted. */
const ORDER = ["dmarc", "spf", "dkim", "virus", "spam"] as const satisfies readonly VerdictName[];

const UNTRUSTED = "The verdicts come from the mail's own headers and may be forged.";

/** Sentences that a person must read before believing the mail; none when all is well. */
export function warningsAbout({ verdicts, verdictsTrusted }: Pick<Receipt, "verdicts" | "verdictsTrusted">): string[] {
  const sentences = ORDER.flatMap((name) => SENTENCES[name][verdicts[name] ?? "absent"] ?? []);
  return verdictsTrusted ? sentences : [...sentences, UNTRUSTED];
}
