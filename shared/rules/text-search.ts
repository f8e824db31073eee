import { scanKeywords } from "./keyword-index.ts";
import { scanPatterns } from "./pattern-set.ts";
import type { FieldPatterns, SearchTerms } from "./search-terms.ts";
import type { TextPart } from "./text-fields.ts";

/** Where a keyword or pattern stands. */
export interface Place {
  /** The number of the keyword or pattern. */
  readonly term: number;
  /** As the rules file spells it. */
  readonly spelled: string;
  readonly part: TextPart;
  /** UTF-16 units in the text of the part. */
  readonly start: number;
  readonly end: number;
}

/** Searches texts for all keywords at once: by list, the first place of each of its keywords that is there. */
export function searchKeywords(terms: SearchTerms, parts: readonly TextPart[]): ReadonlyMap<number, readonly Place[]> {
  const places = new Map<number, Place[]>();
  const seen = new Set<number>();
  for (const part of parts) {
    for (const { keyword, start, end } of scanKeywords(terms.keywords, part.text)) {
      if (seen.has(keyword)) continue;
      seen.add(keyword);
      const place = { term: keyword, spelled: terms.spelled[keyword] ?? "", part, start, end };
      for (const list of terms.listsOf[keyword] ?? []) {
        const ofList = places.get(list);
        if (ofList) ofList.push(place);
        else places.set(list, [place]);
      }
    }
  }
  return places;
}

export interface PatternPlaces {
  /** By the number of the pattern, the first place. */
  readonly places: ReadonlyMap<number, Place>;
  /** Whether a text was longer than patterns see. */
  readonly cut: boolean;
}

/** Searches texts for the patterns of a field. */
export function searchPatterns({ set, patterns }: FieldPatterns, parts: readonly TextPart[]): PatternPlaces {
  const places = new Map<number, Place>();
  const scans = parts.map((part) => ({ part, ...scanPatterns(set, part.text) }));
  for (const { part, hits } of scans) {
    for (const { pattern, start, end } of hits) {
      const searched = patterns[pattern];
      if (searched === undefined || places.has(searched.number)) continue;
      places.set(searched.number, { term: searched.number, spelled: searched.pattern, part, start, end });
    }
  }
  return { places, cut: scans.some(({ cut }) => cut) };
}
