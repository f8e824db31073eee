import type { VerdictName } from "../../receipt/receipt.ts";
import type { VerdictWord } from "../vocabulary.ts";
import { allHold } from "./all-hold.ts";
import type { Compile, Evaluate } from "./evaluate.ts";
import { heldBy } from "./held.ts";
import { factReason } from "./reasons.ts";

/** Verdicts: each that is named must be one of its words. */
export const compileVerdicts: Compile<"verdicts"> = ({ spam, virus, spf, dkim, dmarc }) =>
  allHold(
    Object.entries({ spam, virus, spf, dkim, dmarc }).flatMap(([name, words]) =>
      words ? [isOneOf(name as VerdictName, words)] : [],
    ),
  );

function isOneOf(name: VerdictName, words: readonly VerdictWord[]): Evaluate {
  return ({ receipt: { verdicts, verdictsTrusted } }) => {
    const word = verdicts[name] ?? "absent";
    // Whoever wrote the mail can have written PASS into its headers, but gains nothing by writing FAIL.
    const believed = verdictsTrusted || word !== "PASS";
    return believed && words.includes(word)
      ? heldBy([factReason(`verdicts.${name}`, words.join(", "), word)])
      : undefined;
  };
}
