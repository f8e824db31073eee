import { PublishBatchCommand, PublishCommand, type PublishCommandInput } from "@aws-sdk/client-sns";
import { expect, onTestFinished, test } from "vitest";
import { startFakeSns } from "../support/fake-sns.ts";

// The fake stands for SNS in every test of alerts, so it must refuse what SNS refuses (SES facts 6.1).

async function oncall(name = "oncall") {
  const sns = await startFakeSns();
  onTestFinished(sns.close);
  return { sns, client: sns.client(), TopicArn: sns.createTopic(name) };
}

const json = (bodies: unknown) => ({ Message: JSON.stringify(bodies), MessageStructure: "json" });
const attribute = (name: string, DataType: string, StringValue: string) => ({
  MessageAttributes: { [name]: { DataType, StringValue } },
});

test.each<[string, Partial<PublishCommandInput>]>([
  ["an empty message", { Message: "" }],
  ["a message over 262,144 bytes", { Message: "é".repeat(131_073) }],
  [
    "a message and attributes over 262,144 bytes together",
    { Message: "a".repeat(262_140), ...attribute("a", "String", "b") },
  ],
  ["a subject of 100 characters", { Subject: "a".repeat(100) }],
  ["a subject with a line end", { Subject: "a\nb" }],
  ["a subject that is not ASCII", { Subject: "障害" }],
  ["a subject that begins with a space", { Subject: " a" }],
  ["an unknown message structure", { MessageStructure: "xml" }],
  ["a structure that is no JSON", { Message: "{", MessageStructure: "json" }],
  ["a structure that is no object", json(["a"])],
  ["a structure without default", json({ email: "a" })],
  ["a form that is no text", json({ default: "a", email: 1 })],
  ["a form that SQS would discard", json({ default: "a\uffff" })],
  ["an attribute name with a space", attribute("a b", "String", "x")],
  ["an attribute name that begins with AWS.", attribute("AWS.a", "String", "x")],
  ["an attribute name with two dots", attribute("a..b", "String", "x")],
  ["an empty attribute", attribute("a", "String", "")],
  ["an attribute of an unknown type", attribute("a", "Text", "x")],
  ["an attribute with emoji", attribute("a", "String", "🔥")],
  ["an attribute that is no list although it says so", attribute("a", "String.Array", '"x"')],
  [
    "eleven attributes",
    {
      MessageAttributes: Object.fromEntries(
        Array.from({ length: 11 }, (_, i) => [`a${i}`, { DataType: "String", StringValue: "x" }]),
      ),
    },
  ],
  ["a deduplication id on a standard topic", { MessageDeduplicationId: "a" }],
])("%s is refused", async (_, input) => {
  const { sns, client, TopicArn } = await oncall();
  const publishing = client.send(new PublishCommand({ TopicArn, Message: "m", ...input }));
  await expect(publishing).rejects.toMatchObject({ name: "InvalidParameterException" });
  expect(sns.published).toEqual([]);
});

test.each([{}, { MessageGroupId: "g" }, { MessageDeduplicationId: "d" }])(
  "a FIFO topic refuses a message with only %o",
  async (ids) => {
    const { client, TopicArn } = await oncall("oncall.fifo");
    const publishing = client.send(new PublishCommand({ TopicArn, Message: "m", ...ids }));
    await expect(publishing).rejects.toMatchObject({ name: "InvalidParameterException" });
  },
);

test.each([
  ["no entries", [], "EmptyBatchRequestException"],
  [
    "eleven entries",
    Array.from({ length: 11 }, (_, i) => ({ Id: `${i}`, Message: "m" })),
    "TooManyEntriesInBatchRequestException",
  ],
  [
    "two equal ids",
    [
      { Id: "a", Message: "m" },
      { Id: "a", Message: "n" },
    ],
    "BatchEntryIdsNotDistinctException",
  ],
  ["an id with a dot", [{ Id: "a.b", Message: "m" }], "InvalidBatchEntryIdException"],
  [
    "more than 262,144 bytes together",
    [
      { Id: "a", Message: "m".repeat(140_000) },
      { Id: "b", Message: "m".repeat(140_000) },
    ],
    "BatchRequestTooLongException",
  ],
])("a batch with %s is refused as a whole", async (_, entries, name) => {
  const { sns, client, TopicArn } = await oncall();
  const publishing = client.send(new PublishBatchCommand({ TopicArn, PublishBatchRequestEntries: entries }));
  await expect(publishing).rejects.toMatchObject({ name });
  expect(sns.published).toEqual([]);
});

test("a batch with one wrong entry publishes the others", async () => {
  const { sns, client, TopicArn } = await oncall();
  const entries = [
    { Id: "a", Message: "m", Subject: "障害" },
    { Id: "b", Message: "n" },
  ];
  const answer = await client.send(new PublishBatchCommand({ TopicArn, PublishBatchRequestEntries: entries }));
  expect(answer.Failed).toMatchObject([{ Id: "a", Code: "InvalidParameter", SenderFault: true }]);
  expect(sns.published.map(({ message }) => message)).toEqual(["n"]);
});

test("a message at every limit is taken", async () => {
  const { sns, client, TopicArn } = await oncall();
  const Subject = `[${"a".repeat(98)}`;
  const others = Subject.length + "name".length + "String.Array".length + '["b"]'.length;
  const Message = "a".repeat(262_144 - others);
  await client.send(new PublishCommand({ TopicArn, Subject, Message, ...attribute("name", "String.Array", '["b"]') }));
  expect(sns.published).toHaveLength(1);
});

test("a topic that was not created is not found", async () => {
  const { client } = await oncall();
  const publishing = client.send(
    new PublishCommand({ TopicArn: "arn:aws:sns:eu-west-1:444455556666:none", Message: "m" }),
  );
  await expect(publishing).rejects.toMatchObject({ name: "NotFoundException" });
});
