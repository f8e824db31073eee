import type { DeadLetters } from "../../shared/ports.ts";
import { lastPart } from "../deployment/arns.ts";
import type { Deployment } from "../deployment/outputs.ts";
import { type Explanation, explainFeedback, explainMail } from "./explain.ts";
import type { QueueName } from "./queues.ts";

/** A dead-letter queue of a deployment, and the function that could not handle what is in it. */
export interface OpenQueue {
  readonly name: QueueName;
  readonly letters: DeadLetters;
  /** Name of the function. */
  readonly failed: string;
  explain(body: string): Explanation;
  /** Has the function try again, on its usual way. */
  replay(text: string): Promise<void>;
}

/** The queues, which are to be closed. */
export interface OpenQueues extends Disposable {
  readonly queues: readonly OpenQueue[];
}

/**
 * Opens the dead-letter queues of a deployment, in its region and with the credentials of the environment.
 *
 * @param only this one
 */
export async function openQueues(deployment: Deployment, only: QueueName | undefined): Promise<OpenQueues> {
  const [{ SQSClient, SendMessageCommand }, { LambdaClient, InvokeCommand }, { sqsDeadLetters }] = await Promise.all([
    import("@aws-sdk/client-sqs"),
    import("@aws-sdk/client-lambda"),
    import("../../shared/aws/sqs-dead-letters.ts"),
  ]);
  // The environment may name another endpoint of SQS, which the SDK would else leave for the host in a queue's URL.
  const sqs = new SQSClient({ region: deployment.Region, useQueueUrlAsEndpoint: false });
  const lambda = new LambdaClient({ region: deployment.Region });

  const feedbackQueue = (name: QueueName, dead: string, source: string, topic: string, failed: string): OpenQueue => ({
    name,
    letters: sqsDeadLetters(sqs, dead),
    failed: lastPart(failed),
    explain: (body) => explainFeedback(body, { topic }),
    async replay(text) {
      await sqs.send(new SendMessageCommand({ QueueUrl: source, MessageBody: text }));
    },
  });

  const mailQueue = (failed: string): OpenQueue => ({
    name: "mail",
    letters: sqsDeadLetters(sqs, deployment.UnprocessedMail),
    failed: lastPart(failed),
    explain: (body) => explainMail(body, { bucket: deployment.MailBucket, keyPrefix: deployment.MailPrefix }),
    async replay(text) {
      await lambda.send(new InvokeCommand({ FunctionName: failed, InvocationType: "Event", Payload: text }));
    },
  });

  const { BounceDeadLetters, BounceQueue, BounceTopic, RecordBounceFunction } = deployment;
  const { ComplaintDeadLetters, ComplaintQueue, ComplaintTopic, RecordComplaintFunction } = deployment;
  const queues = [
    feedbackQueue("bounces", BounceDeadLetters, BounceQueue, BounceTopic, RecordBounceFunction),
    feedbackQueue("complaints", ComplaintDeadLetters, ComplaintQueue, ComplaintTopic, RecordComplaintFunction),
    mailQueue(deployment.ProcessMailFunction),
  ];
  return {
    queues: queues.filter(({ name }) => only === undefined || name === only),
    [Symbol.dispose]() {
      sqs.destroy();
      lambda.destroy();
    },
  };
}
