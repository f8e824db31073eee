import type { Feedback, SentMail } from "../feedback/feedback.ts";

// An item of DynamoDB has 400 KB at most, and a report is written by others: SNS carries 256 KB of it, a mail 40 MB.

/** UTF-16 units of a value that are kept, each of up to six bytes of JSON. Answers of servers are shorter; the attack: a diagnostic code of 200 KB. */
const MAX_VALUE = 2_000;

/** Tags and values of a tag that are kept. SES allows 50 tags of 256 characters. */
const MAX_TAGS = 50;
const MAX_TAG_VALUES = 5;
const MAX_TAG = 256;

/** Bytes of JSON that all tags take together: SES's 50 tags of the longest names and values have 26 KB. The attack: tags of control characters. */
const MAX_TAGS_BYTES = 32 * 1024;

/** A report as it is kept: whole, but for what is far longer than it ever is. */
export function keptFeedback(feedback: Feedback): Feedback {
  return { ...withShortValues(feedback), mail: keptMail(feedback.mail) };
}

function keptMail(mail: SentMail): SentMail {
  return { ...withShortValues(mail), tags: keptTags(mail.tags) };
}

function keptTags(tags: SentMail["tags"]): SentMail["tags"] {
  const kept: [string, string[]][] = [];
  let bytes = 0;
  for (const [name, values] of Object.entries(tags).slice(0, MAX_TAGS)) {
    const tag: [string, string[]] = [
      name.slice(0, MAX_TAG),
      values.slice(0, MAX_TAG_VALUES).map((value) => value.slice(0, MAX_TAG)),
    ];
    bytes += Buffer.byteLength(JSON.stringify(tag));
    if (bytes > MAX_TAGS_BYTES) break;
    kept.push(tag);
  }
  return Object.fromEntries(kept);
}

function withShortValues<Value extends object>(value: Value): Value {
  const short = Object.entries(value).map(([key, each]: [string, unknown]) => [
    key,
    typeof each === "string" ? each.slice(0, MAX_VALUE) : each,
  ]);
  return { ...value, ...Object.fromEntries(short) };
}
