import type { HeaderField, ReportKind } from "./message.ts";

/** What the machine-readable part of a report is called, in its own type or in `report-type` (RFC 6522). */
const BY_TYPE: readonly (readonly [word: string, kind: ReportKind])[] = [
  ["delivery-status", "delivery-status"],
  ["feedback-report", "feedback-report"],
  ["disposition-notification", "disposition-notification"],
];

/** Fields that only automatic replies carry, and what they must say. */
const AUTO_REPLY: readonly (readonly [field: string, says: RegExp])[] = [
  // RFC 3834 section 5. `auto-generated` is a cron job or a monitor, and no reply.
  ["auto-submitted", /^auto-replied\b/i],
  ["x-autoreply", /./],
  ["x-autorespond", /./],
  ["x-autoreply-from", /./],
  ["precedence", /^auto[_-]reply$/i],
];

/**
 * Whether a mail is a machine's report about another mail.
 *
 * @param partTypes the types of its own report parts, lower case
 */
export function reportKind(headers: readonly HeaderField[], partTypes: readonly string[]): ReportKind | null {
  const contentType = first(headers, "content-type").toLowerCase();
  const declared = contentType.startsWith("multipart/report") ? [contentType] : [];
  const types = [...partTypes, ...declared];
  const report = BY_TYPE.find(([word]) => types.some((type) => type.includes(word)));
  if (report !== undefined) return report[1];
  return AUTO_REPLY.some(([field, says]) => says.test(first(headers, field))) ? "auto-reply" : null;
}

function first(headers: readonly HeaderField[], name: string): string {
  return headers.find((field) => field.name === name)?.value ?? "";
}
