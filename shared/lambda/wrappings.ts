import { MalformedEventError } from "../errors.ts";
import { otherEventKind } from "../receipt/event-kind.ts";
import { andKind, describe, isObject, type Json, pathBelow } from "../receipt/event-shape.ts";
import { isS3BridgeEvent, isS3Record } from "../receipt/store-event.ts";

/** Where something stood in an event. */
export interface Place {
  /** Where it stood in the event, in the form `Records[0].Sns.Message`. */
  readonly path: string;
  /** The message of SQS that brought it, by the id that a partial batch response names. Only where SQS itself called. */
  readonly sqsMessageId?: string;
}

/**
 * The deepest that we know of has eleven: a stored event of SQS, which tells by SNS of a failed call that SNS had made. The attack:
 * wrappings in wrappings, the text of each of which is parsed again.
 */
const MAX_LEVELS = 16;

const EXPECTED = "a notification or event of SES, or what carries one";
const OR_S3 = "a notification or event of SES or S3, or what carries one";

/** What is being unwrapped: where it stood, and how deep. */
export interface Level extends Place {
  readonly level: number;
  /** ARNs of the topics whose messages are taken; `undefined`: of all. */
  readonly topics: readonly string[] | undefined;
  /** Whether what S3 tells of objects is taken, too. Nothing in it is SES's word. */
  readonly storeEvents: boolean;
}

/** One wrapping taken off: what was in it, and where. */
export type Inner = Place & { readonly value: unknown };

/** @returns `undefined` when there is nothing around the value any more */
export function takeOff(value: unknown, at: Level): readonly Inner[] | undefined {
  if (at.level > MAX_LEVELS)
    throw new MalformedEventError(at.path, `at most ${MAX_LEVELS} wrappings around it`, "one more");
  if (typeof value === "string") return parseText(value, at);
  if (Array.isArray(value)) return eachOf(value, at, "");
  if (isObject(value)) {
    const carrier = CARRIERS.find(({ fits }) => fits(value));
    if (carrier !== undefined) return carrier.open(value, at);
    const payloads = at.storeEvents ? [...PAYLOADS, ...STORE_EVENTS] : PAYLOADS;
    if (payloads.some((isPayload) => isPayload(value))) return undefined;
    const wrapping = WRAPPINGS.find(({ fits }) => fits(value));
    if (wrapping !== undefined) return wrapping.open(value, at);
  }
  const expected = at.storeEvents ? OR_S3 : EXPECTED;
  throw new MalformedEventError(at.path, expected, andKind(describe(value), otherEventKind(value)));
}

/** What is no wrapping: SES's own dialects, its announcements of mails, and what SNS and S3 say of themselves (SES fact 1.11). */
const PAYLOADS: readonly ((value: Json) => boolean)[] = [
  (value) => "eventType" in value || "notificationType" in value,
  (value) => "mail" in value && "receipt" in value,
  (value) => value["Event"] === "s3:TestEvent",
];

/** EventBridge's is left whole: what is inside does not say that it is S3's. */
const STORE_EVENTS: typeof PAYLOADS = [isS3Record, isS3BridgeEvent];

/** The first that fits is taken off. */
type Wrappings = readonly {
  readonly fits: (value: Json) => boolean;
  readonly open: (value: Json, at: Level) => readonly Inner[] | undefined;
}[];

/** What carries others, and messages of SNS, however much they look like a payload too. The attack: a word beside them that hides them. */
const CARRIERS: Wrappings = [
  { fits: (value) => "Records" in value, open: (value, at) => eachOf(value["Records"], at, "Records") },
  { fits: (value) => "Sns" in value, open: openSnsRecord },
  { fits: (value) => "Type" in value && "Message" in value, open: openSns },
];

const WRAPPINGS: Wrappings = [
  {
    // Not anything with a body: what an HTTP request brings is signed or it is nothing.
    fits: (value) => value["eventSource"] === "aws:sqs",
    open: (value, at) => [{ ...inside(value, "body", at), ...sqsMessageId(value, at) }],
  },
  { fits: (value) => value["eventSource"] === "aws:ses", open: (value, at) => [inside(value, "ses", at)] },
  { fits: (value) => "detail-type" in value, open: openEventBridge },
  { fits: (value) => "requestPayload" in value, open: (value, at) => [inside(value, "requestPayload", at)] },
];

function parseText(text: string, { path }: Level): readonly Inner[] | undefined {
  // `trim` takes a byte order mark away, too.
  const trimmed = text.trim();
  try {
    return [{ path, value: JSON.parse(trimmed) as unknown }];
  } catch {
    if (/^[{[]/.test(trimmed)) throw new MalformedEventError(path, "JSON", `${describe(text)} that are not JSON`);
    return undefined;
  }
}

function eachOf(values: unknown, { path }: Level, key: string): readonly Inner[] {
  const list = pathBelow(path, key);
  if (!Array.isArray(values)) throw new MalformedEventError(list, "an array of records", describe(values));
  if (values.length === 0) throw new MalformedEventError(list, "at least one record", describe(values));
  return values.map((value: unknown, index) => ({ path: `${list}[${index}]`, value }));
}

/** A batch is answered for its own messages only, not for those that an event inside it tells of. */
function sqsMessageId({ messageId }: Json, { level }: Level): { sqsMessageId?: string } {
  return level === 1 && typeof messageId === "string" && messageId !== "" ? { sqsMessageId: messageId } : {};
}

/** What SNS gives to Lambda says its topic, whatever else it is. */
function openSnsRecord(record: Json, at: Level): readonly Inner[] {
  const message = inside(record, "Sns", at);
  requireTopic(message.value, { ...at, path: message.path });
  return [message];
}

/** Only a notification carries something; the control messages stay as they are, and their SubscribeURL is left alone. */
function openSns(message: Json, at: Level): readonly Inner[] | undefined {
  requireTopic(message, at);
  return message["Type"] === "Notification" ? [inside(message, "Message", at)] : undefined;
}

function requireTopic(message: unknown, { topics, path }: Level): void {
  const topic = isObject(message) ? message["TopicArn"] : undefined;
  if (topics === undefined || topics.some((each) => each === topic)) return;
  const expected = "one of the topics that are configured";
  throw new MalformedEventError(pathBelow(path, "TopicArn"), expected, topicWords(topic));
}

/** An ARN is no secret, and tells whoever wired it what to look for. */
function topicWords(topic: unknown): string {
  return typeof topic === "string" && /^arn:[\w:-]{1,300}$/.test(topic) ? `"${topic}"` : describe(topic);
}

/** Anybody who may put events on a bus chooses their `source`, but for those of AWS: only SES writes `aws.ses`. */
function openEventBridge(event: Json, at: Level): readonly Inner[] {
  const { source } = event;
  if (source !== undefined && source !== "aws.ses") {
    const path = pathBelow(at.path, "source");
    throw new MalformedEventError(path, '"aws.ses"', andKind(describe(source, true), "an EventBridge event"));
  }
  return [inside(event, "detail", at)];
}

function inside(value: Json, key: string, { path }: Level): Inner {
  return { path: pathBelow(path, key), value: value[key] };
}
