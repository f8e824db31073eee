import * as z from "zod";
import { lastPart, queueArn } from "../../deployment/arns.ts";
import type { Deployment } from "../../deployment/outputs.ts";
import type { Examination } from "../examine.ts";
import { error, type Found, ok } from "../finding.ts";
import { packagedExamination } from "./packaged-examination.ts";
import type { PackagedResource, PackagedStack } from "./packaged-stack.ts";

/** Seconds: as SQS keeps what waits, when nothing is said. */
const USUAL_RETENTION = 345_600;

const queueSchema = z.object({
  MessageRetentionPeriod: z.coerce.number().default(USUAL_RETENTION),
  RedrivePolicy: z.object({ deadLetterTargetArn: z.string() }).optional(),
});
type Queue = PackagedResource<z.output<typeof queueSchema>>;

const invokeConfigSchema = z.object({
  FunctionName: z.string(),
  DestinationConfig: z.object({ OnFailure: z.object({ Destination: z.string() }).optional() }).optional(),
});
type InvokeConfig = PackagedResource<z.output<typeof invokeConfigSchema>>;

/** Whether what fails will wait somewhere, long enough to be seen. */
export function packagedDeadLetters(stack: PackagedStack): Examination {
  const { deployment } = stack;
  const { BounceQueue, ComplaintQueue, UnprocessedMail, BounceDeadLetters, ComplaintDeadLetters } = deployment;
  return packagedExamination(
    "dead-letters",
    () => ({
      queues: stack.ofType("AWS::SQS::Queue", queueSchema),
      invokes: stack.ofType("AWS::Lambda::EventInvokeConfig", invokeConfigSchema),
    }),
    ({ queues, invokes }) => [
      ...checkDestination(deployment, invokes),
      ...checkRedrive(deployment, queues, BounceQueue, BounceDeadLetters),
      ...checkRedrive(deployment, queues, ComplaintQueue, ComplaintDeadLetters),
      ...[UnprocessedMail, BounceDeadLetters, ComplaintDeadLetters].flatMap((url) => checkKept(queues, url)),
    ],
  );
}

function checkDestination(deployment: Deployment, configs: readonly InvokeConfig[]): readonly Found[] {
  const name = lastPart(deployment.ProcessMailFunction);
  const own = configs.find(({ properties }) => lastPart(properties.FunctionName) === name);
  const destination = own?.properties.DestinationConfig?.OnFailure?.Destination;
  if (destination === queueArn(deployment, deployment.UnprocessedMail)) return [];
  const why = "What it fails on three times is lost without a word.";
  return [error("process-mail has no on-failure queue", why, "infra/functions.yml")];
}

function checkRedrive(
  deployment: Deployment,
  queues: readonly Queue[],
  url: string,
  deadLetters: string,
): readonly Found[] {
  const target = queues.find(({ id }) => id === url)?.properties.RedrivePolicy?.deadLetterTargetArn;
  if (target === queueArn(deployment, deadLetters)) return [];
  const why = "What cannot be recorded is tried again and again, until it is lost.";
  return [error(`${lastPart(url)} has no dead-letter queue`, why, "infra/feedback.yml")];
}

/** As long as SQS keeps anything, so that a failure of a Friday is still there after a holiday. */
const TWO_WEEKS = 1_209_600;

function checkKept(queues: readonly Queue[], url: string): readonly Found[] {
  const queue = queues.find(({ id }) => id === url);
  if (queue?.properties.MessageRetentionPeriod === TWO_WEEKS)
    return [ok(`${lastPart(url)} keeps what waits in it for 14 days`)];
  const why = "It is gone before somebody sees it.";
  return [
    error(`${lastPart(url)} keeps what waits in it for less than 14 days`, why, `MessageRetentionPeriod: ${TWO_WEEKS}`),
  ];
}
