import { readTimestamp } from "../shared/receipt/timestamp.ts";

/**
 * A date, or a time in ISO 8601; in UTC when no zone is named.
 *
 * @returns ISO 8601 in UTC with milliseconds, or `undefined` when it is neither
 */
export function readDate(written: string): string | undefined {
  const trimmed = written.trim();
  if (isOurForm(trimmed)) return trimmed;
  const time = /^\d{4}-\d\d-\d\d$/.test(trimmed) ? `${trimmed}T00:00:00Z` : trimmed;
  return readTimestamp(time) ?? undefined;
}

/** What the table holds is taken as it is, also where it lies outside the years that a person means. */
function isOurForm(written: string): boolean {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(written)) return false;
  const time = Date.parse(written);
  return !Number.isNaN(time) && new Date(time).toISOString() === written;
}

const MILLISECONDS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/**
 * A date or a time as above, or an age: `30m`, `24h`, `7d`, `2w`.
 *
 * @param now milliseconds since 1970
 * @returns as `readDate`
 */
export function readDateOrAge(written: string, now: number): string | undefined {
  const [, count, unit = ""] = /^(\d{1,6})([mhdw])$/.exec(written.trim()) ?? [];
  const milliseconds = MILLISECONDS[unit];
  if (milliseconds === undefined) return readDate(written);
  const time = new Date(now - Number(count) * milliseconds);
  return Number.isNaN(time.getTime()) || time.getTime() < 0 ? undefined : time.toISOString();
}
