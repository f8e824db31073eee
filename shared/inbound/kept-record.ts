import { problem } from "../message/problems.ts";
import type { MailRecord } from "./record.ts";

/** UTF-8 bytes of a record as JSON. An item of DynamoDB has 400 KB, and holds the keys of what was done besides. */
const MAX_BYTES = 200_000;

/** What is kept of the lists and texts of a record that is larger. The attack: 2,000 recipients in To with names of a kilobyte. */
const KEPT = { items: 25, units: 300, reasons: 5, actions: 1_000 };

/**
 * The record as the log keeps it: whole, or, of a mail made to have an enormous one, with its lists and texts cut. What is cut stands in the raw
 * mail.
 */
export function keptRecord(record: MailRecord): MailRecord {
  if (Buffer.byteLength(JSON.stringify(record)) <= MAX_BYTES) return record;
  const cut = cutLists(record);
  return { ...cut, problems: [...cut.problems, problem("recordCut")] };
}

function cutLists(record: MailRecord): MailRecord {
  const { message, envelope, matches, actions, feedback } = record;
  return cutTexts({
    ...record,
    envelope: { ...envelope, recipients: envelope.recipients.slice(0, KEPT.items) },
    message: {
      ...message,
      from: message.from.slice(0, KEPT.items),
      to: message.to.slice(0, KEPT.items),
      attachments: message.attachments.slice(0, KEPT.items),
    },
    matches: matches
      .slice(0, KEPT.items)
      .map(({ rule, because }) => ({ rule, because: because.slice(0, KEPT.reasons) })),
    actions: actions.slice(0, KEPT.actions),
    feedback: feedback.slice(0, KEPT.items),
  });
}

/** Cuts every text in a value, however deep. */
function cutTexts<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value), (_, part: unknown) =>
    typeof part === "string" ? part.slice(0, KEPT.units) : part,
  ) as Value;
}
