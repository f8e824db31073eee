/** Milliseconds. */
export const DAY = 24 * 60 * 60 * 1_000;

/** A number of days from a time in milliseconds; `null` days are never over. */
export function daysAfter(time: number, days: number | null): number {
  return days === null ? Number.POSITIVE_INFINITY : time + days * DAY;
}

/** ISO 8601 in UTC with milliseconds; `null` for what never comes. */
export function toIso(time: number): string | null {
  return time === Number.POSITIVE_INFINITY ? null : new Date(time).toISOString();
}
