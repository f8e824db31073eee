import type { Feedback, SentMail } from "../feedback/feedback.ts";

// An item of DynamoDB has 400 KB at most, and a report is written by others: SNS carries 256 KB of it, a mail 40 MB.

/** Characters of a value that are kept. Answers of servers are shorter; the attack: a diagnostic code of 200 KB. */
const MAX_VALUE = 2_000;

/** Tags and values of a tag that are kept. SES allows 50 tags of 256 characters. */
const MAX_TAGS = 50;
const MAX_TAG_VALUES = 5;
const MAX_TAG = 256;

/** A report as it is kept: whole, but for what is far longer than it ever is. */
export function keptFeedback(feedback: Feedback): Feedback {
  return { ...withShortValues(feedback), mail: keptMail(feedback.mail) };
}

function keptMail(mail: SentMail): SentMail {
  const tags = Object.entries(mail.tags).slice(0, MAX_TAGS);
  return {
    ...withShortValues(mail),
    tags: Object.fromEntries(
      tags.map(([name, values]) => [
        name.slice(0, MAX_TAG),
        values.slice(0, MAX_TAG_VALUES).map((value) => value.slice(0, MAX_TAG)),
      ]),
    ),
  };
}

function withShortValues<Value extends object>(value: Value): Value {
  const short = Object.entries(value).map(([key, each]: [string, unknown]) => [
    key,
    typeof each === "string" ? each.slice(0, MAX_VALUE) : each,
  ]);
  return { ...value, ...Object.fromEntries(short) };
}
