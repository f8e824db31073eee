import { setTimeout as sleep } from "node:timers/promises";
import { PublishBatchCommand, type SNSClient } from "@aws-sdk/client-sns";
import { ConfigurationError, PublishError } from "../errors.ts";
import type { AlertTopic } from "../ports.ts";
import { type BatchedAlert, batchedAlert, batchesOf } from "./sns-batches.ts";

/** How long to wait before entries that SNS did not take are sent again. */
export interface EntryRetry {
  /** Milliseconds, one number a retry. */
  readonly waits: readonly number[];
  readonly sleep: (milliseconds: number) => Promise<unknown>;
}

const RETRY: EntryRetry = { waits: [200, 800, 2000], sleep };

interface Failure {
  readonly id: string;
  readonly reason: string;
  readonly cause?: unknown;
}

/**
 * Alerts as SNS messages, in as few calls as SNS allows.
 *
 * Calls that fail as a whole are retried by the SDK. A call that succeeds can still name entries that SNS did not take:
 * those are sent again here, unless the fault is said to be ours.
 *
 * @param topics ARN by short name, as the rules file and `operator` name them
 */
export function snsAlertTopic(
  client: SNSClient,
  topics: Readonly<Record<string, string>>,
  options: { readonly retry?: EntryRetry } = {},
): AlertTopic {
  const { waits, sleep } = options.retry ?? RETRY;

  return {
    async publish(alerts) {
      const byTopic = Map.groupBy(alerts, ({ topic }) => arnOf(topics, topic));
      const failures: Failure[] = [];
      for (const [arn, ofTopic] of byTopic) {
        const entries = ofTopic.map((alert, place) => batchedAlert(alert, place, arn));
        for (const batch of batchesOf(entries)) failures.push(...(await publishBatch(arn, batch)));
      }
      if (failures.length > 0) throw new PublishError(failures, { cause: failures.find(({ cause }) => cause)?.cause });
    },
  };

  async function publishBatch(arn: string, batch: readonly BatchedAlert[]): Promise<Failure[]> {
    const final: Failure[] = [];
    let left = batch;
    for (let attempt = 0; ; attempt++) {
      const refused = await send(arn, left);
      const again = refused.filter(({ retryable }) => retryable);
      const wait = waits[attempt];
      final.push(...refused.filter(({ retryable }) => !retryable || wait === undefined).map(({ failure }) => failure));
      if (again.length === 0 || wait === undefined) return final;
      left = again.map(({ alert }) => alert);
      await sleep(wait);
    }
  }

  /** Sends entries once, and tells which of them SNS did not take. */
  async function send(arn: string, batch: readonly BatchedAlert[]): Promise<Refusal[]> {
    try {
      const answer = await client.send(
        new PublishBatchCommand({ TopicArn: arn, PublishBatchRequestEntries: batch.map(({ entry }) => entry) }),
      );
      const taken = new Set(answer.Successful?.map(({ Id }) => Id));
      const failed = new Map(answer.Failed?.map((entry) => [entry.Id, entry]));
      return batch
        .filter(({ entry }) => !taken.has(entry.Id))
        .map((alert) => {
          // Not its message, which may quote what was sent: the subject of a mail.
          const { Code: reason = "NoAnswer", SenderFault = false } = failed.get(alert.entry.Id) ?? {};
          return { alert, retryable: !SenderFault, failure: { id: alert.alertId, reason } };
        });
    } catch (cause) {
      const reason = cause instanceof Error ? cause.name : `a thrown ${typeof cause}`;
      return batch.map((alert) => ({ alert, retryable: false, failure: { id: alert.alertId, reason, cause } }));
    }
  }
}

interface Refusal {
  readonly alert: BatchedAlert;
  readonly retryable: boolean;
  readonly failure: Failure;
}

function arnOf(topics: Readonly<Record<string, string>>, name: string): string {
  const arn = Object.hasOwn(topics, name) ? topics[name] : undefined;
  if (arn !== undefined) return arn;
  const known = Object.keys(topics).join(", ") || "none";
  throw new ConfigurationError(
    `An alert names the topic "${name}", which is not configured. Configured topics: ${known}`,
  );
}
