// SNS's own rules for what may be published (SES facts 6.1), as strict as the strictest text about them.

export interface SnsEntry {
  readonly message: string;
  readonly subject: string | undefined;
  readonly messageStructure: string | undefined;
  readonly attributes: Readonly<Record<string, { readonly type: string; readonly value: string }>>;
  readonly groupId: string | undefined;
  readonly deduplicationId: string | undefined;
}

export const SNS_MAX_BYTES = 262_144;

/** Every XML 1.0 character; SQS discards a delivery that holds another. */
const NOT_DELIVERABLE = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;
const SUBJECT = /^[!-~][ -~]{0,98}$/;
const ATTRIBUTE_NAME = /^(?!AWS\.|Amazon\.|\.)(?!.*\.\.)[A-Za-z0-9_.-]{1,256}(?<!\.)$/i;
const FIFO_ID = /^[!-~]{1,128}$/;

/** Bytes that count against the limit: message, subject, and of each attribute name, type and value. */
export function entryBytes({ message, subject, attributes }: SnsEntry): number {
  const texts = [
    message,
    subject ?? "",
    ...Object.entries(attributes).flatMap(([name, { type, value }]) => [name, type, value]),
  ];
  return texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
}

/** What SNS would object to, or `undefined`. */
export function snsObjection(entry: SnsEntry, fifo: boolean): string | undefined {
  if (entryBytes(entry) > SNS_MAX_BYTES) return "Invalid parameter: Message too long";
  if (entry.message === "") return "Invalid parameter: Empty message";
  if (entry.subject !== undefined && !SUBJECT.test(entry.subject)) return "Invalid parameter: Subject";
  return messageObjection(entry) ?? attributeObjection(entry) ?? fifoObjection(entry, fifo);
}

function messageObjection({ message, messageStructure }: SnsEntry): string | undefined {
  if (messageStructure === undefined)
    return NOT_DELIVERABLE.test(message) ? "Invalid parameter: Message characters" : undefined;
  if (messageStructure !== "json") return "Invalid parameter: MessageStructure";
  let bodies: unknown;
  try {
    bodies = JSON.parse(message);
  } catch {
    return "Invalid parameter: Message Structure - JSON message body failed to parse";
  }
  if (typeof bodies !== "object" || bodies === null || Array.isArray(bodies))
    return "Invalid parameter: Message Structure - no object";
  if (!("default" in bodies)) return "Invalid parameter: Message Structure - No default entry in JSON message body";
  for (const [protocol, body] of Object.entries(bodies)) {
    if (typeof body !== "string") return `Invalid parameter: Message Structure - ${protocol} is no string`;
    if (NOT_DELIVERABLE.test(body)) return `Invalid parameter: Message characters in ${protocol}`;
  }
  return undefined;
}

function attributeObjection({ attributes }: SnsEntry): string | undefined {
  if (Object.keys(attributes).length > 10)
    return "Invalid parameter: more than 10 attributes are lost on raw delivery to SQS";
  for (const [name, { type, value }] of Object.entries(attributes)) {
    if (!ATTRIBUTE_NAME.test(name)) return `Invalid parameter: attribute name ${name}`;
    if (type !== "String" && type !== "String.Array") return `Invalid parameter: attribute type ${type}`;
    if (value === "") return `Invalid parameter: attribute ${name} is empty`;
    if (/[\ud800-\udfff]/.test(value) || NOT_DELIVERABLE.test(value))
      return `Invalid parameter: characters of attribute ${name}`;
    if (type === "String.Array" && !isFilled(JSON.parse(value)))
      return `Invalid parameter: attribute ${name} is no filled array`;
  }
  return undefined;
}

function isFilled(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0;
}

function fifoObjection({ groupId, deduplicationId }: SnsEntry, fifo: boolean): string | undefined {
  if (!fifo)
    return deduplicationId === undefined ? undefined : "Invalid parameter: MessageDeduplicationId on a standard topic";
  if (!FIFO_ID.test(groupId ?? ""))
    return "Invalid parameter: The MessageGroupId parameter is required for FIFO topics";
  if (!FIFO_ID.test(deduplicationId ?? "")) return "Invalid parameter: The topic should have a MessageDeduplicationId";
  return undefined;
}
