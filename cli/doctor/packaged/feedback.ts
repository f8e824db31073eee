import * as z from "zod";
import { lastPart, queueArn } from "../../deployment/arns.ts";
import { checkDoor } from "../checks/admission.ts";
import { checkFeedback } from "../checks/feedback.ts";
import { checkQueueReaders, type QueueReader } from "../checks/queue-readers.ts";
import { checkFeedbackQueue } from "../checks/subscriptions.ts";
import { topicDoor } from "../doors.ts";
import type { Examination } from "../examine.ts";
import type { Subject } from "../subject.ts";
import { packagedExamination } from "./packaged-examination.ts";
import type { PackagedStack } from "./packaged-stack.ts";

const destinationSchema = z.object({
  ConfigurationSetName: z.string(),
  EventDestination: z.object({
    Enabled: z.boolean().default(false),
    MatchingEventTypes: z.array(z.string()),
    SnsDestination: z.object({ TopicARN: z.string() }).optional(),
  }),
});

const identitySchema = z.object({
  EmailIdentity: z.string(),
  ConfigurationSetAttributes: z.object({ ConfigurationSetName: z.string() }).optional(),
  FeedbackAttributes: z.object({ EmailForwardingEnabled: z.boolean() }).optional(),
});

const topicPolicySchema = z.object({ Topics: z.array(z.string()), PolicyDocument: z.unknown() });

const subscriptionSchema = z.object({ TopicArn: z.string(), Protocol: z.string(), Endpoint: z.string() });

const mappingSchema = z.object({
  EventSourceArn: z.string(),
  FunctionName: z.string(),
  Enabled: z.boolean().default(true),
  FunctionResponseTypes: z.array(z.string()).default([]),
});

/** Whether bounces and complaints will come to us. */
export function packagedFeedback(stack: PackagedStack, subject: Subject): readonly Examination[] {
  const { deployment } = stack;
  const { BounceTopic, ComplaintTopic, BounceQueue, ComplaintQueue } = deployment;
  const { RecordBounceFunction, RecordComplaintFunction } = deployment;
  const subscriptions = () => stack.ofType("AWS::SNS::Subscription", subscriptionSchema);
  const ways = [
    { kind: "bounces", topic: BounceTopic, queue: BounceQueue, reader: RecordBounceFunction },
    { kind: "complaints", topic: ComplaintTopic, queue: ComplaintQueue, reader: RecordComplaintFunction },
  ] as const;
  return [
    packagedExamination(
      "feedback",
      () => feedbackFacts(stack),
      (facts) => checkFeedback(subject, facts),
    ),
    ...ways.map(({ topic }) =>
      packagedExamination(
        "topic-policy",
        () => stack.ofType("AWS::SNS::TopicPolicy", topicPolicySchema),
        (policies) => {
          const policy = policies.find(({ properties }) => properties.Topics.includes(topic))?.properties
            .PolicyDocument;
          return checkDoor({ ...topicDoor(subject, topic), policy });
        },
      ),
    ),
    ...ways.map(({ kind, topic, queue }) =>
      packagedExamination("feedback-queue", subscriptions, (all) =>
        checkFeedbackQueue(subject, {
          kind,
          topic,
          queueArn: queueArn(deployment, queue),
          subscriptions: all
            .filter(({ properties }) => properties.TopicArn === topic)
            .map(({ properties: { Protocol, Endpoint } }) => ({
              protocol: Protocol,
              endpoint: Endpoint,
              isConfirmed: true,
            })),
        }),
      ),
    ),
    ...ways.map(({ kind, queue, reader }) =>
      packagedExamination(
        "queue-reader",
        () => readersOf(stack, queueArn(deployment, queue), reader),
        (readers) =>
          checkQueueReaders(subject, { kind, functionName: lastPart(reader), readers }).map((found) =>
            found.level === "ok" ? found : { ...found, mend: ["infra/functions.yml"] },
          ),
      ),
    ),
  ];
}

function readersOf(stack: PackagedStack, queue: string, reader: string): readonly QueueReader[] {
  return stack
    .ofType("AWS::Lambda::EventSourceMapping", mappingSchema)
    .filter(({ properties }) => properties.EventSourceArn === queue && properties.FunctionName === reader)
    .map(({ logicalId, properties: { Enabled, FunctionResponseTypes } }) => ({
      uuid: logicalId,
      state: Enabled ? "Enabled" : "Disabled",
      reportsFailures: FunctionResponseTypes.includes("ReportBatchItemFailures"),
    }));
}

function feedbackFacts(stack: PackagedStack) {
  const { Domain, ConfigurationSet, OwnsIdentity } = stack.deployment;
  const identity = stack.ofType("AWS::SES::EmailIdentity", identitySchema).find(({ id }) => id === Domain)?.properties;
  return {
    destinations: stack
      .ofType("AWS::SES::ConfigurationSetEventDestination", destinationSchema)
      .filter(({ properties }) => properties.ConfigurationSetName === ConfigurationSet)
      .map(({ properties: { EventDestination } }) => ({
        isEnabled: EventDestination.Enabled,
        types: EventDestination.MatchingEventTypes.map((type) => type.toUpperCase()),
        topic: EventDestination.SnsDestination?.TopicARN,
      })),
    // What an identity goes by that was there before is not the template's to say.
    identitySet: OwnsIdentity ? identity?.ConfigurationSetAttributes?.ConfigurationSetName : ConfigurationSet,
    bounceTopic: undefined,
    complaintTopic: undefined,
    isForwarding: identity?.FeedbackAttributes?.EmailForwardingEnabled,
  };
}
