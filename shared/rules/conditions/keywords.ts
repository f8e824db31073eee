import { MAX_REASONS } from "../limits.ts";
import type { KeywordWay, TermCollector } from "../search-terms.ts";
import type { TextField } from "../vocabulary.ts";
import { allHold } from "./all-hold.ts";
import type { Compile, Evaluate } from "./evaluate.ts";
import { heldBy, heldByAbsence } from "./held.ts";
import { factReason, textReason } from "./reasons.ts";
import { spell } from "./spelling.ts";

/** Keywords: those found of `any` and of `all`; for `none`, the fact that there are none. */
export const compileKeywordsCondition: Compile<"keywords"> = ({ any, all, none, in: fields, ...way }, terms) =>
  allHold([
    ...(any ? [found(terms, any, way, fields, (count) => count > 0)] : []),
    ...(all ? [found(terms, all, way, fields, (count, listed) => count === listed)] : []),
    ...(none ? [noneFound(terms, none, way, fields)] : []),
  ]);

function found(
  terms: TermCollector,
  keywords: readonly string[],
  way: KeywordWay,
  fields: readonly TextField[],
  enough: (found: number, listed: number) => boolean,
): Evaluate {
  const { list, count } = terms.addKeywords(keywords, way);
  return (mail) => {
    const places = mail.foundOfList(list, fields);
    if (!enough(new Set(places.map(({ term }) => term)).size, count)) return undefined;
    return heldBy(places.slice(0, MAX_REASONS).map((place) => textReason(place, { keyword: place.spelled })));
  };
}

function noneFound(
  terms: TermCollector,
  keywords: readonly string[],
  way: KeywordWay,
  fields: readonly TextField[],
): Evaluate {
  const { list } = terms.addKeywords(keywords, way);
  const absence = factReason("keywords", `none: ${spell(keywords)}`, `not found in ${fields.join(", ")}`);
  return (mail) => (mail.foundOfList(list, fields).length > 0 ? undefined : heldByAbsence(absence));
}
