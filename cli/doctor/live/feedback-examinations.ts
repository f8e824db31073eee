import { lastPart, queueArn } from "../../deployment/arns.ts";
import type { Deployment } from "../../deployment/outputs.ts";
import type { DomainIdentity } from "../../deployment/read-identity.ts";
import { checkDoor } from "../checks/admission.ts";
import { checkFeedback } from "../checks/feedback.ts";
import { checkQueueReaders } from "../checks/queue-readers.ts";
import { checkAlertSubscriptions, checkFeedbackQueue } from "../checks/subscriptions.ts";
import { topicDoor } from "../doors.ts";
import { type Examination, examination } from "../examine.ts";
import type { Subject } from "../subject.ts";
import type { Surroundings } from "./examinations.ts";
import { readDestinations, readNotifications, readSubscriptions } from "./read-feedback.ts";
import { readTopicPolicy } from "./read-policies.ts";
import { readQueueReaders } from "./read-queue-readers.ts";

/** Whether bounces and complaints of what the domain sends come to us. */
export function feedbackExaminations(
  subject: Subject,
  { clients }: Surroundings,
  identity: () => Promise<DomainIdentity | undefined>,
): readonly Examination[] {
  const { ConfigurationSet, Domain } = subject.deployment;
  const ways = waysOf(subject.deployment);
  return [
    examination(
      "feedback",
      "ses:GetConfigurationSetEventDestinations, ses:GetEmailIdentity and ses:GetIdentityNotificationAttributes",
      async () => ({
        destinations: await readDestinations(clients.sesV2, ConfigurationSet),
        identitySet: (await identity())?.configurationSet,
        ...(await readNotifications(clients.ses, Domain)),
      }),
      (facts) => checkFeedback(subject, facts),
    ),
    ...ways.map(({ topic }) =>
      examination(
        "topic-policy",
        "sns:GetTopicAttributes",
        async () => ({ ...topicDoor(subject, topic), policy: await readTopicPolicy(clients.sns, topic) }),
        checkDoor,
      ),
    ),
    ...ways.map((way) =>
      examination(
        "feedback-queue",
        "sns:ListSubscriptionsByTopic",
        () => readSubscriptions(clients.sns, way.topic),
        (subscriptions) => checkFeedbackQueue(subject, { ...way, subscriptions }),
      ),
    ),
    ...ways.map(({ kind, queueArn, reader }) =>
      examination(
        "queue-reader",
        "lambda:ListEventSourceMappings",
        () => readQueueReaders(clients.lambda, queueArn, reader),
        (readers) => checkQueueReaders(subject, { kind, functionName: lastPart(reader), readers }),
      ),
    ),
  ];
}

function waysOf(deployment: Deployment) {
  const { BounceTopic, ComplaintTopic, BounceQueue, ComplaintQueue } = deployment;
  const { RecordBounceFunction, RecordComplaintFunction } = deployment;
  const [bounces, complaints] = [queueArn(deployment, BounceQueue), queueArn(deployment, ComplaintQueue)];
  return [
    { kind: "bounces", topic: BounceTopic, queueArn: bounces, reader: RecordBounceFunction },
    { kind: "complaints", topic: ComplaintTopic, queueArn: complaints, reader: RecordComplaintFunction },
  ] as const;
}

/** Whether somebody hears of alerts. */
export function alertExaminations(subject: Subject, { clients }: Surroundings): readonly Examination[] {
  return Object.entries(subject.deployment.AlertTopics).map(([name, arn]) =>
    examination(
      "alert-subscriptions",
      "sns:ListSubscriptionsByTopic",
      () => readSubscriptions(clients.sns, arn),
      (subscriptions) => checkAlertSubscriptions(subject, { name, arn, subscriptions }),
    ),
  );
}
