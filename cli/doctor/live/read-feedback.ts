import { GetIdentityNotificationAttributesCommand, type SESClient } from "@aws-sdk/client-ses";
import {
  GetAccountCommand,
  GetConfigurationSetEventDestinationsCommand,
  type SESv2Client,
} from "@aws-sdk/client-sesv2";
import { ListSubscriptionsByTopicCommand, type SNSClient } from "@aws-sdk/client-sns";
import type { AccountFacts } from "../checks/account.ts";
import type { EventDestination, FeedbackFacts } from "../checks/feedback.ts";
import type { Subscription } from "../checks/subscriptions.ts";

export async function readAccount(client: SESv2Client): Promise<AccountFacts> {
  const { ProductionAccessEnabled, SendingEnabled, EnforcementStatus, SendQuota } = await client.send(
    new GetAccountCommand({}),
  );
  const { Max24HourSend, MaxSendRate = 0, SentLast24Hours = 0 } = SendQuota ?? {};
  return {
    hasProductionAccess: ProductionAccessEnabled ?? false,
    isSending: SendingEnabled ?? false,
    enforcement: EnforcementStatus,
    quota:
      Max24HourSend === undefined
        ? undefined
        : { perDay: Max24HourSend, perSecond: MaxSendRate, sent: SentLast24Hours },
  };
}

/** None, where there is no such configuration set. */
export async function readDestinations(client: SESv2Client, set: string): Promise<readonly EventDestination[]> {
  try {
    const { EventDestinations = [] } = await client.send(
      new GetConfigurationSetEventDestinationsCommand({ ConfigurationSetName: set }),
    );
    return EventDestinations.map(({ Enabled, MatchingEventTypes, SnsDestination }) => ({
      isEnabled: Enabled ?? false,
      types: MatchingEventTypes ?? [],
      topic: SnsDestination?.TopicArn,
    }));
  } catch (error) {
    if (error instanceof Error && error.name === "NotFoundException") return [];
    throw error;
  }
}

type Notifications = Pick<FeedbackFacts, "bounceTopic" | "complaintTopic" | "isForwarding">;

/** The identity's own notifications, which only the older API tells (SES fact 5.3). */
export async function readNotifications(client: SESClient, identity: string): Promise<Notifications> {
  const { NotificationAttributes } = await client.send(
    new GetIdentityNotificationAttributesCommand({ Identities: [identity] }),
  );
  const { BounceTopic, ComplaintTopic, ForwardingEnabled } = NotificationAttributes?.[identity] ?? {};
  return { bounceTopic: BounceTopic, complaintTopic: ComplaintTopic, isForwarding: ForwardingEnabled };
}

/** SNS says so in place of the ARN of a subscription that is no more. */
const DELETED = "Deleted";

export async function readSubscriptions(client: SNSClient, topic: string): Promise<readonly Subscription[]> {
  const found: Subscription[] = [];
  let token: string | undefined;
  do {
    const { Subscriptions = [], NextToken } = await client.send(
      new ListSubscriptionsByTopicCommand({ TopicArn: topic, NextToken: token }),
    );
    // Until it is confirmed, SNS has other words in place of an ARN.
    for (const { Protocol = "", Endpoint = "", SubscriptionArn = "" } of Subscriptions)
      if (SubscriptionArn !== DELETED)
        found.push({ protocol: Protocol, endpoint: Endpoint, isConfirmed: SubscriptionArn.startsWith("arn:") });
    token = NextToken;
  } while (token !== undefined);
  return found;
}
