import type { PublishBatchRequestEntry } from "@aws-sdk/client-sns";
import type { Alert } from "../alerts/alert.ts";
import { composeNotification, MAX_NOTIFICATION_BYTES, notificationBytes } from "../alerts/notification.ts";

/** One alert on its way into a batch. */
export interface BatchedAlert {
  readonly alertId: string;
  /** What counts against SNS's limit of a batch. */
  readonly bytes: number;
  /** Its `Id` is its place among the alerts of the call, since SNS refuses a batch in which two are the same. */
  readonly entry: PublishBatchRequestEntry & { readonly Id: string };
}

/** SNS's limits of one PublishBatch (SES fact 6.1): entries, and bytes of all of them together. */
const MAX_ENTRIES = 10;
const MAX_BATCH_BYTES = MAX_NOTIFICATION_BYTES;

/** The alert as an entry of PublishBatch. A FIFO topic gets the alert's id to deduplicate by, and keeps a rule's alerts in order. */
export function batchedAlert(alert: Alert, place: number, topicArn: string): BatchedAlert {
  const notification = composeNotification(alert);
  const attributes = Object.entries(notification.attributes).map(
    ([name, { type, value }]) => [name, { DataType: type, StringValue: value }] as const,
  );
  return {
    alertId: alert.id,
    bytes: notificationBytes(notification),
    entry: {
      Id: String(place),
      Subject: notification.subject,
      Message: notification.message,
      MessageStructure: "json",
      MessageAttributes: Object.fromEntries(attributes),
      ...(topicArn.endsWith(".fifo") && { MessageGroupId: alert.rule, MessageDeduplicationId: alert.id }),
    },
  };
}

/** Cuts a list, in its order, into batches that SNS takes. */
export function batchesOf(alerts: readonly BatchedAlert[]): BatchedAlert[][] {
  const batches: BatchedAlert[][] = [];
  let room = 0;
  for (const alert of alerts) {
    const batch = batches.at(-1);
    if (batch && batch.length < MAX_ENTRIES && alert.bytes <= room) batch.push(alert);
    else {
      batches.push([alert]);
      room = MAX_BATCH_BYTES;
    }
    room -= alert.bytes;
  }
  return batches;
}
