import { plural } from "../../output/count.ts";
import { error, type Found, ok, warning } from "../finding.ts";
import type { Subject } from "../subject.ts";

export interface TopicSubscriptions {
  /** Its short name. */
  readonly name: string;
  readonly arn: string;
  readonly subscriptions: readonly Subscription[];
}

export interface Subscription {
  readonly protocol: string;
  readonly endpoint: string;
  readonly isConfirmed: boolean;
}

/** Whether somebody hears of alerts. */
export function checkAlertSubscriptions(subject: Subject, topic: TopicSubscriptions): readonly Found[] {
  const { name, arn, subscriptions } = topic;
  const pending = subscriptions.filter(({ isConfirmed }) => !isConfirmed);
  const confirmed = subscriptions.length - pending.length;
  const subscribe = (protocol: string, endpoint: string) =>
    subject.aws(`sns subscribe --topic-arn ${arn} --protocol ${protocol} --notification-endpoint ${endpoint}`);
  if (subscriptions.length === 0)
    return [
      warning(
        `nobody has subscribed to the topic ${name}`,
        "Its alerts are told to nobody.",
        subscribe("email", "ADDRESS"),
      ),
    ];
  if (pending.length === 0) return [ok(`the topic ${name} tells ${plural(confirmed, "subscriber")}`)];
  const level = confirmed === 0 ? error : warning;
  return pending.map(({ protocol, endpoint }) =>
    level(
      `${endpoint} has not confirmed its subscription to the topic ${name}`,
      'It gets no alerts. Open "Confirm subscription" in the mail that SNS sent; this has it sent again:',
      subscribe(protocol, endpoint),
    ),
  );
}

/** A topic that SES tells, and the queue that our function takes from. */
export interface FeedbackWay {
  readonly kind: "bounces" | "complaints";
  readonly topic: string;
  readonly queueArn: string;
  readonly subscriptions: readonly Subscription[];
}

/** Whether what SES tells comes into its queue. */
export function checkFeedbackQueue(
  subject: Subject,
  { kind, topic, queueArn, subscriptions }: FeedbackWay,
): readonly Found[] {
  const isQueue = ({ protocol, endpoint }: Subscription) => protocol === "sqs" && endpoint === queueArn;
  if (subscriptions.some((each) => each.isConfirmed && isQueue(each)))
    return [ok(`${kind} that SES tells come into their queue`)];
  return [
    error(
      `the queue of ${kind} has not subscribed to their topic`,
      `${kind} are told to nobody, and suppress nobody.`,
      subject.aws(`sns subscribe --topic-arn ${topic} --protocol sqs --notification-endpoint ${queueArn}`),
    ),
  ];
}
