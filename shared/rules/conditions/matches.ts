import { allHold } from "./all-hold.ts";
import type { Compile } from "./evaluate.ts";
import { heldBy } from "./held.ts";
import { textReason } from "./reasons.ts";

/** Patterns: each must be found in one of its fields. */
export const compileMatches: Compile<"matches"> = (patterns, terms) =>
  allHold(
    patterns.map(({ pattern, in: fields }) => {
      const number = terms.addPattern(pattern, fields);
      return (mail) => {
        const places = mail.foundOfPattern(number, fields);
        return places.length > 0 ? heldBy(places.map((place) => textReason(place, { pattern }))) : undefined;
      };
    }),
  );
