/** A mail that hides a keyword, and where the keyword is to be found all the same. */
export interface Evasion {
  readonly title: string;
  readonly mail: Buffer;
  readonly keyword: string;
  readonly field: string;
  readonly where?: string;
  /** What stands at the place that the reason tells. */
  readonly found: string;
}

type Row = readonly [title: string, mail: Buffer, found?: string, keyword?: string];

/** Rows of which each is found in the same field; the keyword is `outage` where nothing is said, and stands there as it is. */
export function evasionsIn(field: string, rows: readonly Row[], where?: string): readonly Evasion[] {
  return rows.map(([title, mail, found = "outage", keyword = "outage"]) => ({
    title,
    mail,
    keyword,
    field,
    ...(where === undefined ? {} : { where }),
    found,
  }));
}
