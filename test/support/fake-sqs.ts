import { createHash } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { SQSClient, type SQSClientConfig } from "@aws-sdk/client-sqs";
import { createFaults, type FakeService, startFakeService } from "./fake-server.ts";

type SqsOperation =
  | "GetQueueAttributes"
  | "ReceiveMessage"
  | "SendMessage"
  | "DeleteMessage"
  | "ChangeMessageVisibility";

interface SqsFault {
  readonly operation: SqsOperation;
  readonly answer: keyof typeof ERRORS;
  /** 1 unless told. */
  readonly times?: number;
}

const ERRORS = {
  QueueDoesNotExist: { status: 400, message: "The specified queue does not exist." },
  MessageNotInflight: { status: 400, message: "The specified message isn't in flight." },
  ReceiptHandleIsInvalid: { status: 400, message: "The input receipt handle is invalid." },
  InvalidMessageContents: { status: 400, message: "The message contains characters outside the allowed set." },
  InvalidParameterValue: { status: 400, message: "A parameter has a value that is not allowed." },
  AccessDeniedException: { status: 403, message: "not authorized to perform this action" },
  InternalFailure: { status: 500, message: "Internal failure" },
} as const;

/** A message in a queue. */
interface QueuedMessage {
  readonly id: string;
  readonly body: string;
  /** Milliseconds. */
  readonly sentAt: number;
  receiveCount: number;
  /** Until then nobody gets it. */
  hiddenUntil: number;
  /** What it can be deleted by; another one with each receiving. */
  handle: string;
}

export interface FakeSqs extends FakeService<SQSClient, SQSClientConfig> {
  /** By the last part of a queue's URL; what is not here does not exist. */
  readonly queues: Map<string, QueuedMessage[]>;
  /** What was asked, in order: `SendMessage mailroom-prod-bounces`. */
  readonly requests: string[];
  /** What time it is, in milliseconds. */
  now: number;
  /** Puts a message into a queue, which is made where there is none. */
  send(queue: string, body: string): QueuedMessage;
  fail(fault: SqsFault): void;
  /** Is waited for before each answer. */
  beforeAnswer: (request: string) => Promise<void> | void;
}

/** SES fact 6.3. */
const MAX_BYTES = 1_048_576;
const FORBIDDEN = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

interface Asked {
  readonly QueueUrl: string;
  readonly MessageBody: string;
  readonly MaxNumberOfMessages?: number;
  readonly VisibilityTimeout?: number;
  readonly ReceiptHandle: string;
}

/** As much of SQS as dead-letter queues need, over its real wire format (AWS JSON 1.0). A long poll answers at once. */
export async function startFakeSqs(...queueNames: readonly string[]): Promise<FakeSqs> {
  const queues = new Map<string, QueuedMessage[]>(queueNames.map((name) => [name, []]));
  const requests: string[] = [];
  const faults = createFaults<SqsFault>();
  let count = 0;

  async function answer(request: IncomingMessage, body: Buffer, response: ServerResponse): Promise<void> {
    const operation = String(request.headers["x-amz-target"]).replace("AmazonSQS.", "") as SqsOperation;
    const asked = JSON.parse(String(body)) as Asked;
    const name = nameOf(asked.QueueUrl);
    const queue = queues.get(name);
    requests.push(`${operation} ${name}`);
    await fake.beforeAnswer(`${operation} ${name}`);
    const fault = request.headers.authorization
      ? faults.take((prepared) => prepared.operation === operation)?.answer
      : "AccessDeniedException";
    if (fault !== undefined) sendError(response, fault);
    else if (queue === undefined) sendError(response, "QueueDoesNotExist");
    else OPERATIONS[operation](queue, asked, response);
  }

  const OPERATIONS: Readonly<
    Record<SqsOperation, (queue: QueuedMessage[], asked: Asked, response: ServerResponse) => void>
  > = {
    GetQueueAttributes(queue, _, response) {
      const hidden = queue.filter(isHidden).length;
      sendJson(response, 200, {
        Attributes: {
          ApproximateNumberOfMessages: String(queue.length - hidden),
          ApproximateNumberOfMessagesNotVisible: String(hidden),
        },
      });
    },

    ReceiveMessage(queue, { MaxNumberOfMessages: most = 1, VisibilityTimeout: seconds = 30 }, response) {
      if (most < 1 || most > 10) return sendError(response, "InvalidParameterValue");
      const received = queue.filter((message) => !isHidden(message)).slice(0, most);
      for (const message of received) {
        message.receiveCount += 1;
        message.hiddenUntil = fake.now + seconds * 1000;
        message.handle = `handle-${++count}`;
      }
      sendJson(response, 200, received.length === 0 ? {} : { Messages: received.map(onTheWire) });
    },

    SendMessage(_, { QueueUrl, MessageBody }, response) {
      if (Buffer.byteLength(MessageBody) > MAX_BYTES) return sendError(response, "InvalidParameterValue");
      if (FORBIDDEN.test(MessageBody)) return sendError(response, "InvalidMessageContents");
      const { id } = fake.send(nameOf(QueueUrl), MessageBody);
      sendJson(response, 200, { MessageId: id, MD5OfMessageBody: md5(MessageBody) });
    },

    DeleteMessage(queue, { ReceiptHandle }, response) {
      const at = queue.findIndex(({ handle }) => handle === ReceiptHandle);
      if (at >= 0) queue.splice(at, 1);
      sendJson(response, 200, {});
    },

    ChangeMessageVisibility(queue, { ReceiptHandle, VisibilityTimeout: seconds = 0 }, response) {
      const message = queue.find(({ handle }) => handle === ReceiptHandle);
      if (message === undefined) return sendError(response, "ReceiptHandleIsInvalid");
      if (!isHidden(message)) return sendError(response, "MessageNotInflight");
      message.hiddenUntil = fake.now + seconds * 1000;
      sendJson(response, 200, {});
    },
  };

  const isHidden = ({ hiddenUntil }: QueuedMessage) => hiddenUntil > fake.now;
  const service = await startFakeService<SQSClient, SQSClientConfig>(answer, (config) => new SQSClient(config));
  const fake: FakeSqs = {
    ...service,
    queues,
    requests,
    now: Date.parse("2026-11-24T08:00:00Z"),
    send(queue, body) {
      const id = `message-${++count}`;
      const message = { id, body, sentAt: fake.now, receiveCount: 0, hiddenUntil: 0, handle: "" };
      const messages = queues.get(queue) ?? [];
      queues.set(queue, messages);
      messages.push(message);
      return message;
    },
    fail: faults.add,
    beforeAnswer() {},
  };
  return fake;
}

function nameOf(url: string): string {
  return url.slice(url.lastIndexOf("/") + 1);
}

function onTheWire({ id, body, sentAt, receiveCount, handle }: QueuedMessage) {
  const Attributes = { SentTimestamp: String(sentAt), ApproximateReceiveCount: String(receiveCount) };
  return { MessageId: id, ReceiptHandle: handle, Body: body, MD5OfBody: md5(body), Attributes };
}

function md5(text: string): string {
  return createHash("md5").update(text).digest("hex");
}

function sendError(response: ServerResponse, code: keyof typeof ERRORS): void {
  const { status, message } = ERRORS[code];
  sendJson(response, status, { __type: `com.amazonaws.sqs#${code}`, message });
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/x-amz-json-1.0" }).end(JSON.stringify(body));
}
