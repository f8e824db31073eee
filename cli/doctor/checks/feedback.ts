import { error, type Found, info, ok, warning } from "../finding.ts";
import type { Subject } from "../subject.ts";

/** How SES tells of bounces and complaints (SES facts 2.1 and 2.8). */
export interface FeedbackFacts {
  /** Of our configuration set. */
  readonly destinations: readonly EventDestination[];
  /** The configuration set that the identity's mail goes by when none is named; `undefined`: none. */
  readonly identitySet: string | undefined;
  /** Topics of the identity's own notifications; `undefined`: not told by it, or that cannot be known. */
  readonly bounceTopic: string | undefined;
  readonly complaintTopic: string | undefined;
  /** Whether SES forwards by e-mail as well; `undefined`: that cannot be known. */
  readonly isForwarding: boolean | undefined;
}

export interface EventDestination {
  readonly isEnabled: boolean;
  /** In capital letters: `BOUNCE`, … */
  readonly types: readonly string[];
  readonly topic: string | undefined;
}

export function checkFeedback(subject: Subject, facts: FeedbackFacts): readonly Found[] {
  const { BounceTopic, ComplaintTopic, ConfigurationSet, Domain } = subject.deployment;
  const events = tellers(facts, BounceTopic, ComplaintTopic);
  const notifications = {
    bounces: facts.bounceTopic === BounceTopic,
    complaints: facts.complaintTopic === ComplaintTopic,
  };
  const found = [
    ...checkPair(`the configuration set ${ConfigurationSet}`, events, isBoth(notifications), publish(subject, events)),
    ...checkPair(`the identity ${Domain}`, notifications, isBoth(events), notify(subject, notifications)),
  ];
  if (found.length > 0) return found;
  if (!events.bounces && !notifications.bounces)
    return [
      error(
        "SES tells us neither bounces nor complaints",
        "Nobody is suppressed, and the next mail bounces again.",
        ...publish(subject, events),
      ),
    ];
  if (!notifications.bounces && facts.identitySet !== ConfigurationSet)
    return [
      warning(
        `what ${Domain} sends without naming the configuration set ${ConfigurationSet} is told to nobody`,
        "Its bounces and complaints suppress nobody.",
        subject.aws(
          `sesv2 put-email-identity-configuration-set-attributes --email-identity ${Domain} --configuration-set-name ${ConfigurationSet}`,
        ),
      ),
    ];
  return [
    ok(`bounces and complaints are told by ${events.bounces ? "events" : "notifications"}`),
    ...more(facts, events.bounces && notifications.bounces),
  ];
}

interface Tellers {
  readonly bounces: boolean;
  readonly complaints: boolean;
}

function tellers({ destinations }: FeedbackFacts, bounceTopic: string, complaintTopic: string): Tellers {
  const tells = (type: string, to: string) =>
    destinations.some(({ isEnabled, types, topic }) => isEnabled && topic === to && types.includes(type));
  return { bounces: tells("BOUNCE", bounceTopic), complaints: tells("COMPLAINT", complaintTopic) };
}

function isBoth({ bounces, complaints }: Tellers): boolean {
  return bounces && complaints;
}

/**
 * Told by both, or by none: who hears only of bounces goes on writing to people who complain.
 *
 * @param isToldOtherwise whether SES tells of both in the other way as well, which may not be true of all mail
 */
function checkPair(
  who: string,
  { bounces, complaints }: Tellers,
  isToldOtherwise: boolean,
  mend: readonly string[],
): readonly Found[] {
  if (bounces === complaints) return [];
  const [told, untold] = bounces ? ["bounces", "complaints"] : ["complaints", "bounces"];
  const level = isToldOtherwise ? warning : error;
  return [level(`${who} tells ${told}, and no ${untold}`, `What it does not tell suppresses nobody.`, ...mend)];
}

/** Has SES tell what it does not: by events of the configuration set. */
function publish({ deployment, aws }: Subject, told: Tellers): readonly string[] {
  const { ConfigurationSet, BounceTopic, ComplaintTopic } = deployment;
  const create = (name: string, type: string, topic: string) =>
    aws(
      `sesv2 create-configuration-set-event-destination --configuration-set-name ${ConfigurationSet} --event-destination-name ${name} --event-destination Enabled=true,MatchingEventTypes=${type},SnsDestination={TopicArn=${topic}}`,
    );
  return [
    ...(told.bounces ? [] : [create("bounces", "BOUNCE", BounceTopic)]),
    ...(told.complaints ? [] : [create("complaints", "COMPLAINT", ComplaintTopic)]),
  ];
}

/** The same by notifications of the identity. */
function notify({ deployment, aws }: Subject, told: Tellers): readonly string[] {
  const { Domain, BounceTopic, ComplaintTopic } = deployment;
  const set = (type: string, topic: string) =>
    aws(`ses set-identity-notification-topic --identity ${Domain} --notification-type ${type} --sns-topic ${topic}`);
  return [
    ...(told.bounces ? [] : [set("Bounce", BounceTopic)]),
    ...(told.complaints ? [] : [set("Complaint", ComplaintTopic)]),
  ];
}

function more({ isForwarding }: FeedbackFacts, isTwice: boolean): readonly Found[] {
  return [
    ...(isTwice
      ? [info("bounces and complaints are told by events and by notifications", "Each counts once: no harm is done.")]
      : []),
    ...(isForwarding
      ? [
          info(
            "bounces and complaints come by e-mail, too",
            "SES forwards them to the envelope sender; feedbackByEmail: false ends that.",
          ),
        ]
      : []),
  ];
}
