import { parseByteSize } from "./byte-size.ts";
import type { Compile } from "./evaluate.ts";
import { heldBy } from "./held.ts";
import { factReason } from "./reasons.ts";
import { spellEntries } from "./spelling.ts";

/** The size of the whole mail: more than `over`, less than `under`. */
export const compileSize: Compile<"size"> = (given) => {
  const over = parseByteSize(given.over ?? "") ?? -1;
  const under = parseByteSize(given.under ?? "") ?? Number.POSITIVE_INFINITY;
  return ({ message: { size } }) =>
    size > over && size < under ? heldBy([factReason("size", spellEntries(given), `${size} bytes`)]) : undefined;
};
