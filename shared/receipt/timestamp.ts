const ISO_8601 =
  /^(?<date>(?:19[7-9]|2\d\d)\d-\d\d-\d\d)T(?<clock>\d\d:\d\d:\d\d)(?:[.,](?<fraction>\d{1,9}))?(?:Z|(?<hours>[+-]\d\d):?(?<minutes>\d\d))?$/i;

/**
 * Reads a timestamp of an event: ISO 8601, with any fraction of a second, in UTC when it names no zone.
 *
 * It is brought into the one form that the language defines before `Date.parse` sees it. Any other is read by the
 * machine's own rules and time zone, and the record of a mail must be the same on any machine.
 *
 * @returns ISO 8601 in UTC with milliseconds, or `null` when it is no time
 */
export function readTimestamp(value: string): string | null {
  const found = ISO_8601.exec(value.trim())?.groups;
  if (found === undefined) return null;
  const { date, clock, fraction = "", hours, minutes } = found;
  const zone = hours === undefined ? "Z" : `${hours}:${minutes}`;
  const time = Date.parse(`${date}T${clock}.${fraction.padEnd(3, "0").slice(0, 3)}${zone}`);
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}
