import { failedCall, snsMessage } from "../../support/transports.ts";

export const SENT_ID = "0102019a1f00beef-5d6e7f80-1111-4222-8333-000000000001-000000";

/** A bounce of SES about so many recipients. */
export function bounce(...recipients: readonly string[]) {
  return {
    eventType: "Bounce",
    bounce: {
      bounceType: "Permanent",
      bounceSubType: "General",
      bouncedRecipients: recipients.map((emailAddress) => ({ emailAddress, action: "failed", status: "5.1.1" })),
      timestamp: "2026-11-24T07:41:19.000Z",
      feedbackId: "0102019a1f00c0de-1b2c3d4e-aaaa-4bbb-8ccc-000000000001-000000",
    },
    mail: { timestamp: "2026-11-24T07:41:17.205Z", source: "alerts@acme.example", messageId: SENT_ID },
  };
}

/** What the queue behind a topic has of a payload. */
export function fromTopic(topic: string, payload: unknown): string {
  return JSON.stringify(snsMessage(payload, { TopicArn: topic }));
}

/** What Lambda sends of an event on which process-mail failed. */
export function failedEvent(event: unknown): string {
  return JSON.stringify(failedCall(event));
}
