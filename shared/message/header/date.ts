const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/** Obsolete zone names (RFC 5322 section 4.3) in minutes; a name that is not here counts as UTC, as the RFC says. */
const ZONES: ReadonlyMap<string, number> = new Map(
  Object.entries({
    edt: -240,
    est: -300,
    cdt: -300,
    cst: -360,
    mdt: -360,
    mst: -420,
    pdt: -420,
    pst: -480,
    cet: 60,
    cest: 120,
    jst: 540,
  }),
);

/** A Date header longer than this is none. The attack: a field of 1 MB for the expressions to walk. */
const MAX_LENGTH = 200;

/** RFC 5322 date-time, and what is commonly sent instead: no day name, no seconds, dots or dashes, two-digit years. */
const RFC_5322 =
  /^(?:[a-z]{3,9}\.?,? *)?(?<day>\d{1,2})[ -]+(?<month>[a-z]{3})[a-z]*\.?,?[ -]+(?<year>\d{2,4})[ ,]+(?<hour>\d{1,2})[:.](?<minute>\d{2})(?:[:.](?<second>\d{2})(?:\.\d{1,9})?)?(?<zone>.*)$/i;
/** C's asctime, as some scripts send it: `Tue Nov 24 08:00:00 2026`, a zone before or after the year. */
const ASCTIME =
  /^[a-z]{3},? +(?<month>[a-z]{3})[a-z]* +(?<day>\d{1,2}),? +(?<hour>\d{1,2}):(?<minute>\d{2})(?::(?<second>\d{2}))?(?<zone> +[a-z]{3,4})? +(?<year>\d{4})(?<zoneAfter>.*)$/i;
const ISO_8601 =
  /^(?<year>\d{4})-(?<month>\d{2})-(?<day>\d{2})(?:t| +)(?<hour>\d{2}):(?<minute>\d{2})(?::(?<second>\d{2})(?:[.,]\d{1,9})?)?(?<zone>.*)$/i;

/**
 * Reads a Date header or the date of a Received field.
 *
 * Never falls back to the clock: mailparser does, and then replaying a mail gives another record each time.
 *
 * @returns ISO 8601 in UTC with milliseconds, or `null` when it is no date (RFC 5322 section 3.3, obsolete forms included)
 */
export function parseMailDate(value: string): string | null {
  if (value.length > MAX_LENGTH) return null;
  const plain = withoutComments(value).replace(/\s+/g, " ").trim();
  const found = (RFC_5322.exec(plain) ?? ASCTIME.exec(plain) ?? ISO_8601.exec(plain))?.groups;
  if (found === undefined) return null;
  const year = fullYear(found["year"] ?? "");
  const month = monthNumber(found["month"] ?? "");
  const day = Number(found["day"]);
  const [hour, minute, second] = [Number(found["hour"]), Number(found["minute"]), Number(found["second"] ?? 0)];
  const offset = zoneMinutes((found["zone"] ?? "") + (found["zoneAfter"] ?? ""));
  if (month < 0 || !hasDay(year, month, day) || hour > 23 || minute > 59 || second > 60 || offset === undefined)
    return null;
  const time = Date.UTC(year, month, day, hour, minute, Math.min(second, 59)) - offset * 60_000;
  const date = new Date(time);
  return Number.isNaN(time) || date.getUTCFullYear() < 1970 ? null : date.toISOString();
}

function hasDay(year: number, month: number, day: number): boolean {
  return month < 12 && day >= 1 && day <= new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
}

function monthNumber(word: string): number {
  return /^\d/.test(word) ? Number(word) - 1 : MONTHS.indexOf(word.toLowerCase());
}

/** RFC 5322 section 4.3: two digits below 50 are 20xx, the others 19xx; three count from 1900, as software of 2000 wrote them, `0102` too. */
function fullYear(digits: string): number {
  const year = Number(digits);
  if (year >= 1000) return year;
  return digits.length === 2 && year < 50 ? 2000 + year : 1900 + year;
}

/** Minutes east of UTC; `undefined` when what stands there is an offset that does not exist. */
function zoneMinutes(zone: string): number | undefined {
  const word = zone.trim().toLowerCase();
  const offset = /^(?:utc?|gmt)?([+-])(\d{1,2}):?(\d{2})\b/.exec(word);
  if (offset === null) return ZONES.get(/^[a-z]+/.exec(word)?.[0] ?? "") ?? 0;
  const minutes = Number(offset[2]) * 60 + Number(offset[3]);
  if (Number(offset[3]) > 59 || Number(offset[2]) > 24) return undefined;
  return offset[1] === "-" ? -minutes : minutes;
}

/** Drops RFC 5322 comments, nested ones too. */
function withoutComments(value: string): string {
  let depth = 0;
  let out = "";
  for (const char of value) {
    if (char === "(") depth++;
    if (depth === 0) out += char;
    if (char === ")" && depth > 0) depth--;
  }
  return out;
}
