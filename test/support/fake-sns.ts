import type { IncomingMessage, ServerResponse } from "node:http";
import { SNSClient, type SNSClientConfig } from "@aws-sdk/client-sns";
import { createFaults, type FakeService, startFakeService, xmlText } from "./fake-server.ts";
import { type SnsEntry, snsObjection } from "./sns-limits.ts";
import { readBatch, readEntry, SnsError, sendSnsError, sendXml } from "./sns-wire.ts";

/** How the next calls fail as a whole, or (`entry`) single entries of a batch whose message contains `containing`. */
type SnsFault = CallFault | EntryFault;

interface CallFault {
  readonly operation: "Publish" | "PublishBatch";
  readonly answer: keyof typeof CALL_ERRORS;
  /** 1 unless told. */
  readonly times?: number;
}

interface EntryFault {
  readonly operation: "entry";
  readonly containing?: string;
  /** Empty: the answer does not mention the entry at all. */
  readonly code: string;
  readonly senderFault: boolean;
  readonly times?: number;
}

interface PublishedMessage extends SnsEntry {
  readonly topicArn: string;
  /** Of `MessageStructure: json`: the form of each protocol. */
  readonly bodies: Readonly<Record<string, string>>;
}

export interface FakeSns extends FakeService<SNSClient, SNSClientConfig> {
  /** Everything that was accepted, in order. */
  readonly published: PublishedMessage[];
  /** What was asked, in order: `Publish` or `PublishBatch`. */
  readonly requests: string[];
  /** Creates a topic (a name ending in `.fifo` makes a FIFO topic) and gives its ARN; the region is eu-west-1 unless told. */
  createTopic(name: string, region?: string): string;
  fail(fault: SnsFault): void;
}

const CALL_ERRORS = {
  Throttling: new SnsError(400, "Throttling", "Rate exceeded"),
  InternalError: new SnsError(500, "InternalError", "Internal error"),
  AuthorizationError: new SnsError(403, "AuthorizationError", "Not authorized to perform: SNS:Publish"),
};

/** As much of SNS as alerts use, over its real wire format (AWS query protocol), as strict as SNS about what it is given. */
export async function startFakeSns(): Promise<FakeSns> {
  const published: PublishedMessage[] = [];
  const requests: string[] = [];
  const topics = new Set<string>();
  const deduplicated = new Set<string>();
  const callFaults = createFaults<CallFault>();
  const entryFaults = createFaults<EntryFault>();

  function accept(topicArn: string, entry: SnsEntry): string | undefined {
    const objection = snsObjection(entry, topicArn.endsWith(".fifo"));
    if (objection) return objection;
    const duplicate = entry.deduplicationId !== undefined && deduplicated.has(`${topicArn} ${entry.deduplicationId}`);
    deduplicated.add(`${topicArn} ${entry.deduplicationId}`);
    const bodies: PublishedMessage["bodies"] =
      entry.messageStructure === "json" ? JSON.parse(entry.message) : { default: entry.message };
    if (!duplicate) published.push({ ...entry, topicArn, bodies });
    return undefined;
  }

  function publish(form: URLSearchParams, topicArn: string): string {
    const objection = accept(topicArn, readEntry(form, ""));
    if (objection) throw new SnsError(400, "InvalidParameter", objection);
    return "<MessageId>m-1</MessageId>";
  }

  function publishBatch(form: URLSearchParams, topicArn: string): string {
    const entries = readBatch(form);
    const results = entries.map(({ id, entry }) => {
      const prepared = entryFaults.take(({ containing = "" }) => entry.message.includes(containing));
      const objection = prepared ? "prepared failure" : accept(topicArn, entry);
      if (!objection) return { ok: `<member><Id>${id}</Id><MessageId>m-${id}</MessageId></member>`, failed: "" };
      if (prepared?.code === "") return { ok: "", failed: "" };
      const { code, senderFault } = prepared ?? { code: "InvalidParameter", senderFault: true };
      const failed = `<member><Id>${id}</Id><Code>${code}</Code><Message>${xmlText(objection)}</Message><SenderFault>${senderFault}</SenderFault></member>`;
      return { ok: "", failed };
    });
    return `<Successful>${results.map(({ ok }) => ok).join("")}</Successful><Failed>${results.map(({ failed }) => failed).join("")}</Failed>`;
  }

  function answer(_request: IncomingMessage, body: Buffer, response: ServerResponse): void {
    const form = new URLSearchParams(body.toString());
    const action = form.get("Action") === "Publish" ? "Publish" : "PublishBatch";
    requests.push(action);
    try {
      const fault = callFaults.take(({ operation }) => operation === action)?.answer;
      if (fault) throw CALL_ERRORS[fault];
      const topicArn = form.get("TopicArn") ?? "";
      if (!topics.has(topicArn)) throw new SnsError(404, "NotFound", "Topic does not exist");
      const result = action === "Publish" ? publish(form, topicArn) : publishBatch(form, topicArn);
      sendXml(response, 200, `<${action}Response><${action}Result>${result}</${action}Result></${action}Response>`);
    } catch (error) {
      if (!(error instanceof SnsError)) throw error;
      sendSnsError(response, error);
    }
  }

  const service = await startFakeService<SNSClient, SNSClientConfig>(answer, (config) => new SNSClient(config));
  return {
    ...service,
    published,
    requests,
    createTopic(name, region = "eu-west-1") {
      const arn = `arn:aws:sns:${region}:444455556666:${name}`;
      topics.add(arn);
      return arn;
    },
    fail(fault) {
      if (fault.operation === "entry") entryFaults.add(fault);
      else callFaults.add(fault);
    },
  };
}
