import { isTextReason, type Reason } from "../rules/reason.ts";
import { cutUnits, wellFormed } from "../text/plain-line.ts";
import type { Alert } from "./alert.ts";
import type { PublishedAlert } from "./alert-schema.ts";
import { filterFields } from "./filter-fields.ts";

/** How much of each list and text may go into a notification. */
export interface Room {
  readonly items: number;
  /** UTF-16 units of one text. */
  readonly units: number;
}

/** S3's own limit of a key is 1,024 bytes. */
const MAX_KEY_UNITS = 1024;

/**
 * An alert as machines get it: the fields to filter by on top, every text and list within bounds, and in `cut` the names
 * of the fields that lost something.
 */
export function publishedAlert(alert: Alert, room: Room): PublishedAlert {
  const cut = new Set<string>();

  function text(field: string, value: string, units = room.units): string {
    if (value.length > units) cut.add(field);
    return cutUnits(wellFormed(value), units);
  }
  function list<Item, Kept>(field: string, items: readonly Item[], keep: (item: Item) => Kept): Kept[] {
    if (items.length > room.items) cut.add(field);
    return items.slice(0, room.items).map(keep);
  }
  function texts(field: string, values: readonly string[]): string[] {
    return list(field, values, (value) => text(field, value));
  }

  const { recipientDomain, fromDomain, dmarc } = filterFields(alert);
  const bounded = {
    v: alert.v,
    mailroom: { alert: text("mark", alert.mark), ...(alert.after.length > 0 && { after: [...alert.after] }) },
    id: text("id", alert.id),
    rule: text("rule", alert.rule),
    severity: alert.severity,
    tags: texts("tags", alert.tags),
    topic: text("topic", alert.topic),
    recipientDomain: [...recipientDomain],
    fromDomain: [...fromDomain],
    dmarc,
    sesMessageId: text("sesMessageId", alert.sesMessageId),
    receivedAt: alert.receivedAt === null ? null : text("receivedAt", alert.receivedAt),
    envelope: {
      mailFrom: text("envelope", alert.envelope.mailFrom),
      recipients: texts("envelope", alert.envelope.recipients),
    },
    from: list("from", alert.from, ({ name, address }) => ({
      name: text("from", name),
      address: text("from", address),
    })),
    subject: text("subject", alert.subject),
    because: list("because", alert.because, (reason) => boundedReason(reason, (value) => text("because", value))),
    verdicts: alert.verdicts,
    verdictsTrusted: alert.verdictsTrusted,
    warnings: texts("warnings", alert.warnings),
    raw: text("raw", alert.raw, MAX_KEY_UNITS),
    sha256: text("sha256", alert.sha256),
    size: alert.size,
  };
  return { ...bounded, cut: [...cut] };
}

function boundedReason(reason: Reason, bounded: (value: string) => string): Reason {
  if (!isTextReason(reason)) {
    const { field, condition, value } = reason;
    return { field: bounded(field), condition: bounded(condition), value: bounded(value) };
  }
  const { field, keyword, pattern, start, end, where, hidden } = reason;
  const excerpt = bounded(reason.excerpt);
  // A cut excerpt ends with a sign that is none of its words.
  const shown = excerpt.length < reason.excerpt.length ? excerpt.length - 1 : excerpt.length;
  return {
    field: bounded(field),
    ...(keyword !== undefined && { keyword: bounded(keyword) }),
    ...(pattern !== undefined && { pattern: bounded(pattern) }),
    start,
    end,
    excerpt,
    excerptStart: Math.min(reason.excerptStart, shown),
    excerptEnd: Math.min(reason.excerptEnd, shown),
    ...(where !== undefined && { where: bounded(where) }),
    ...(hidden && { hidden }),
  };
}
