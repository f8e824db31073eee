import { type Hit, inOrderOfText } from "./hit.ts";
import { scanKeywords } from "./keywords/keyword-index.ts";
import { scanPatterns } from "./patterns/pattern-set.ts";
import type { FieldPatterns, SearchTerms } from "./search-terms.ts";
import type { TextPart } from "./text-fields.ts";

/** Where a keyword or pattern stands; `term` is its number among those of all rules. */
export interface Place extends Hit {
  /** As the rules file spells it. */
  readonly spelled: string;
  /** The text in which `start` and `end` count. */
  readonly part: TextPart;
}

/** Searches texts for all keywords at once: by list, the first place of each of its keywords that is there. */
export function searchKeywords(terms: SearchTerms, parts: readonly TextPart[]): ReadonlyMap<number, readonly Place[]> {
  const places = new Map<number, Place[]>();
  const seen = new Set<number>();
  for (const part of parts) {
    for (const hit of keywordHits(terms, part.text)) {
      if (seen.has(hit.term)) continue;
      seen.add(hit.term);
      const place = { ...hit, spelled: terms.spelled[hit.term] ?? "", part };
      for (const list of terms.listsOf[hit.term] ?? []) {
        const ofList = places.get(list);
        if (ofList) ofList.push(place);
        else places.set(list, [place]);
      }
    }
  }
  return places;
}

/**
 * In the order of the text; a keyword that is searched for among look-alikes may be there twice. It is searched for as it
 * is all the same: what looks alike depends on the case (ν looks like v, and Ν like N), so that a Greek word could be missed.
 */
function keywordHits({ keywords, lookAlikes }: SearchTerms, text: string): readonly Hit[] {
  const hits = scanKeywords(keywords, text);
  if (lookAlikes === undefined) return hits;
  const alike = scanKeywords(lookAlikes.index, text).flatMap((hit) => {
    const term = lookAlikes.numbers[hit.term];
    return term === undefined ? [] : [{ ...hit, term }];
  });
  return [...hits, ...alike].sort(inOrderOfText);
}

export interface PatternPlaces {
  /** By the number of the pattern, the first place. */
  readonly places: ReadonlyMap<number, Place>;
  /** Whether a text was longer than patterns see. */
  readonly cut: boolean;
}

/** Searches texts for the patterns of a field. What patterns may see is shared by them, or 200 attached messages would cost 200 times as much. */
export function searchPatterns({ set, patterns }: FieldPatterns, parts: readonly TextPart[]): PatternPlaces {
  const places = new Map<number, Place>();
  let room = set.visible;
  let cut = false;
  for (const part of parts) {
    const scan = scanPatterns(set, part.text, room);
    room -= scan.seen;
    cut ||= scan.cut;
    for (const hit of scan.hits) {
      const searched = patterns[hit.term];
      if (searched === undefined || places.has(searched.number)) continue;
      places.set(searched.number, { ...hit, term: searched.number, spelled: searched.pattern, part });
    }
  }
  return { places, cut };
}
