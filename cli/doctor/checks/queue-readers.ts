import { error, type Found, ok } from "../finding.ts";
import type { Subject } from "../subject.ts";

/** What has Lambda take from a queue for a function. */
export interface QueueReader {
  readonly uuid: string;
  /** `Enabled`, `Enabling`, `Disabled`, …, or a word that Lambda will have later. */
  readonly state: string;
  /** Whether messages stay in the queue that the function says it failed on. */
  readonly reportsFailures: boolean;
}

export interface ReadQueue {
  readonly kind: "bounces" | "complaints";
  readonly functionName: string;
  readonly readers: readonly QueueReader[];
}

const OFF = new Set(["Disabled", "Disabling", "Deleting"]);

/** Whether what comes into a queue comes to its function. */
export function checkQueueReaders(subject: Subject, { kind, functionName, readers }: ReadQueue): readonly Found[] {
  const [first] = readers;
  const reader = readers.find(({ state }) => !OFF.has(state));
  const change = (uuid: string, words: string) =>
    subject.aws(`lambda update-event-source-mapping --uuid ${uuid} ${words}`);
  if (reader === undefined)
    return [
      error(
        `${functionName} does not take ${kind} from their queue${first === undefined ? "" : ` (${first.state})`}`,
        "They wait there until they are lost, and suppress nobody.",
        first === undefined ? subject.deploy : change(first.uuid, "--enabled"),
      ),
    ];
  if (!reader.reportsFailures)
    return [
      error(
        `what ${functionName} fails on is taken from the queue of ${kind} all the same`,
        "It is not tried again, and does not come to the dead letters.",
        change(reader.uuid, "--function-response-types ReportBatchItemFailures"),
      ),
    ];
  return [ok(`${functionName} takes ${kind} from their queue`)];
}
