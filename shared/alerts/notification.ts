import type { Alert } from "./alert.ts";
import { composeEmail } from "./email-form.ts";
import { filterFields } from "./filter-fields.ts";
import { publishedAlert, type Room } from "./published-alert.ts";
import { composeSms } from "./sms-form.ts";
import { composeSubject } from "./subject-form.ts";

/** What one call of SNS takes, with `MessageStructure: json`. */
export interface Notification {
  readonly subject: string;
  /** JSON of the forms by protocol: `default`, `email`, `sms`. */
  readonly message: string;
  readonly attributes: Readonly<Record<string, NotificationAttribute>>;
}

interface NotificationAttribute {
  readonly type: "String" | "String.Array";
  readonly value: string;
}

/** 256 KiB: message, attributes and subject together (SES fact 6.1). */
export const MAX_NOTIFICATION_BYTES = 262_144;

/** What any honest mail needs, and less than one price unit of 64 KB for nearly all. */
const WIDE: Room = { items: 50, units: 1000 };
/** What fits even when every character is a control character: seven bytes each, escaped twice. */
const NARROW: Room = { items: 10, units: 160 };

const MAX_ATTRIBUTE_BYTES = 4096;

/** An alert as SNS takes it, always within SNS's limits; a list or a text that was cut is named in the `default` form. */
export function composeNotification(alert: Alert): Notification {
  const wide = composeWithin(WIDE, alert);
  return notificationBytes(wide) <= MAX_NOTIFICATION_BYTES ? wide : composeWithin(NARROW, alert);
}

/** Bytes that count against SNS's limit. */
export function notificationBytes({ subject, message, attributes }: Notification): number {
  const texts = Object.entries(attributes).flatMap(([name, { type, value }]) => [name, type, value]);
  return [subject, message, ...texts].reduce((sum, text) => sum + Buffer.byteLength(text), 0);
}

function composeWithin(room: Room, alert: Alert): Notification {
  const published = JSON.stringify(publishedAlert(alert, room));
  return {
    subject: composeSubject(alert),
    message: JSON.stringify({ default: published, email: composeEmail(alert), sms: composeSms(alert) }),
    attributes: attributesOf(alert),
  };
}

/**
 * The fields to filter by, once more as message attributes, for subscriptions that filter by those. SNS's documentation
 * says that attributes go out only without `MessageStructure: json`, so nothing may depend on them, and one that SNS
 * would refuse (empty, long, emoji) is left out rather than losing the alert.
 */
function attributesOf(alert: Alert): Notification["attributes"] {
  const attributes = Object.entries(filterFields(alert)).flatMap(([name, value]) => {
    const attribute = attributeOf(value);
    return attribute ? [[name, attribute] as const] : [];
  });
  return Object.fromEntries(attributes);
}

function attributeOf(value: string | readonly string[]): NotificationAttribute | undefined {
  if (value.length === 0) return undefined;
  const text = typeof value === "string" ? value : JSON.stringify(value);
  if (/[^ -\u{d7ff}\u{e000}-\u{fffd}]/u.test(text) || Buffer.byteLength(text) > MAX_ATTRIBUTE_BYTES) return undefined;
  return { type: typeof value === "string" ? "String" : "String.Array", value: text };
}
