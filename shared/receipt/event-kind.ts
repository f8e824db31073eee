/** What events of AWS have at their top, or in their first record; SNS spells its key with a capital. */
const KINDS: readonly { readonly key: string; readonly value?: string; readonly kind: string }[] = [
  { key: "EventSource", value: "aws:sns", kind: "an SNS event" },
  { key: "eventSource", value: "aws:s3", kind: "an S3 event" },
  { key: "eventSource", value: "aws:sqs", kind: "an SQS event" },
  { key: "detail-type", kind: "an EventBridge event" },
  { key: "Event", value: "s3:TestEvent", kind: "S3's test event" },
  { key: "notificationType", kind: "an SES notification" },
  { key: "eventType", kind: "an SES event about a mail that was sent" },
  { key: "TopicArn", kind: "an SNS message" },
  { key: "eventSource", kind: "an event of another service" },
  { key: "bounceType", kind: "the bounce object of a notification, alone" },
  { key: "complainedRecipients", kind: "the complaint object of a notification, alone" },
  { key: "userRequest", kind: "an S3 Object Lambda event" },
  { key: "invocationSchemaVersion", kind: "an S3 Batch Operations event" },
  { key: "requestContext", kind: "an HTTP request" },
];

/**
 * Names the kind of an event that is not SES's, so that whoever wired it wrongly sees it at once.
 *
 * @returns `undefined` when it is SES's own (SES fact 1.9.1), or nothing that is known
 */
export function otherEventKind(event: unknown): string | undefined {
  const first = firstRecord(event);
  if (has(first, "eventSource", "aws:ses")) return undefined;
  return KINDS.find(({ key, value }) => has(first, key, value) || has(event, key, value))?.kind;
}

function firstRecord(event: unknown): unknown {
  const records: unknown = has(event, "Records") ? event["Records"] : undefined;
  return Array.isArray(records) ? records[0] : undefined;
}

function has(value: unknown, key: string, is?: string): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return false;
  return is === undefined || (value as Record<string, unknown>)[key] === is;
}
