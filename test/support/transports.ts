// Every way that SES's JSON comes (SES fact 2.7), as AWS wraps it.

export const TOPIC = "arn:aws:sns:eu-west-1:444455556666:acme-feedback";

const text = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value));

export function snsMessage(payload: unknown, changes: Readonly<Record<string, unknown>> = {}) {
  return {
    Type: "Notification",
    MessageId: "2d1f7c30-1111-5000-9000-8a4b3c2d1e0f",
    TopicArn: TOPIC,
    Subject: "Amazon SES Email Event Notification",
    Message: text(payload),
    Timestamp: "2026-11-21T07:41:20.000Z",
    SignatureVersion: "1",
    Signature: "BASE64==",
    SigningCertURL: "https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-00.pem",
    UnsubscribeURL: "https://sns.eu-west-1.amazonaws.com/?Action=Unsubscribe",
    MessageAttributes: {},
    ...changes,
  };
}

export function snsRecord(payload: unknown, changes: Readonly<Record<string, unknown>> = {}) {
  return {
    EventSource: "aws:sns",
    EventVersion: "1.0",
    EventSubscriptionArn: `${TOPIC}:7a3c1d52-0000-4000-8000-5d1f1e6b0a11`,
    Sns: snsMessage(payload, changes),
  };
}

/** @param messageId of SQS; the body is written as text, if it is none yet */
export function sqsRecord(body: unknown, messageId = "0b1c2d3e-0000-4000-8000-000000000001") {
  return {
    messageId,
    receiptHandle: "AQEBexample",
    body: text(body),
    attributes: { ApproximateReceiveCount: "1", SentTimestamp: "1795246880000", SenderId: "AIDAEXAMPLE" },
    messageAttributes: {},
    md5OfBody: "00000000000000000000000000000000",
    eventSource: "aws:sqs",
    eventSourceARN: "arn:aws:sqs:eu-west-1:444455556666:acme-feedback",
    awsRegion: "eu-west-1",
  };
}

export function eventBridgeEvent(payload: unknown, changes: Readonly<Record<string, unknown>> = {}) {
  return {
    version: "0",
    id: "5f0c1b2a-3d4e-4f50-8a6b-7c8d9e0f1a2b",
    "detail-type": "Email Bounced",
    source: "aws.ses",
    account: "444455556666",
    time: "2026-11-23T06:00:02Z",
    region: "eu-west-1",
    resources: ["arn:aws:ses:eu-west-1:444455556666:identity/acme.example"],
    detail: payload,
    ...changes,
  };
}

export const records = (...each: readonly unknown[]) => ({ Records: each });

/** What an on-failure destination gets of a call that failed. */
export function failedCall(event: unknown) {
  return {
    version: "1.0",
    timestamp: "2026-11-21T07:44:20.000Z",
    requestContext: {
      requestId: "e4b46cbf-b738-xmpl-8880-a18cdf61200e",
      functionArn: "arn:aws:lambda:eu-west-1:444455556666:function:record-bounce:$LATEST",
      condition: "RetriesExhausted",
      approximateInvokeCount: 3,
    },
    requestPayload: event,
    responseContext: { statusCode: 200, executedVersion: "$LATEST", functionError: "Unhandled" },
    responsePayload: { errorType: "Error", errorMessage: "no connection" },
  };
}

/** @param path where the payload then stands */
export const TRANSPORTS: readonly {
  readonly way: string;
  readonly wrap: (payload: unknown) => unknown;
  readonly path: string;
}[] = [
  { way: "SNS to Lambda", wrap: (payload) => records(snsRecord(payload)), path: "Records[0].Sns.Message" },
  {
    way: "SNS to SQS, raw delivery off",
    wrap: (payload) => records(sqsRecord(snsMessage(payload))),
    path: "Records[0].body.Message",
  },
  { way: "SNS to SQS, raw delivery on", wrap: (payload) => records(sqsRecord(payload)), path: "Records[0].body" },
  { way: "EventBridge to Lambda", wrap: (payload) => eventBridgeEvent(payload), path: "detail" },
  {
    way: "EventBridge to SQS",
    wrap: (payload) => records(sqsRecord(eventBridgeEvent(payload))),
    path: "Records[0].body.detail",
  },
  { way: "bare", wrap: (payload) => payload, path: "" },
  { way: "bare, as text", wrap: (payload) => JSON.stringify(payload), path: "" },
  { way: "an array", wrap: (payload) => [payload], path: "[0]" },
  { way: "SNS's message alone", wrap: (payload) => snsMessage(payload), path: "Message" },
  { way: "an on-failure destination", wrap: (payload) => failedCall(payload), path: "requestPayload" },
  {
    way: "an on-failure destination, after SNS",
    wrap: (payload) => failedCall(records(snsRecord(payload))),
    path: "requestPayload.Records[0].Sns.Message",
  },
  {
    way: "an on-failure destination in SQS, after SNS",
    wrap: (payload) => records(sqsRecord(failedCall(records(snsRecord(payload))))),
    path: "Records[0].body.requestPayload.Records[0].Sns.Message",
  },
  {
    way: "a dead-letter queue: the event as text",
    wrap: (payload) => JSON.stringify(records(snsRecord(payload))),
    path: "Records[0].Sns.Message",
  },
  {
    way: "a dead-letter queue, given to the function again",
    wrap: (payload) => records(sqsRecord(records(sqsRecord(snsMessage(payload))))),
    path: "Records[0].body.Records[0].body.Message",
  },
];
