import { randomUUID } from "node:crypto";
import { CreateTopicCommand, SNSClient, SubscribeCommand } from "@aws-sdk/client-sns";
import { snsAlertTopic } from "../../shared/aws/sns-alert-topic.ts";
import { alertTopicContract } from "../contracts/alert-topic.ts";
import { startFakeServer } from "../support/fake-server.ts";
import { MOTO } from "./endpoint.ts";

alertTopicContract("SNS of moto", async () => {
  const client = new SNSClient(MOTO);
  const published: { topic: string; id: string }[] = [];
  // An HTTP subscriber: it gets the `default` form, as moto delivers it.
  const subscriber = await startFakeServer((request, body, response) => {
    const { Type, Message } = JSON.parse(body.toString());
    if (Type === "Notification") published.push({ topic: request.url?.slice(1) ?? "", id: JSON.parse(Message).id });
    response.end();
  });

  async function createTopic(name: string): Promise<string> {
    const { TopicArn = "" } = await client.send(new CreateTopicCommand({ Name: `${name}-${randomUUID()}` }));
    const Endpoint = `${subscriber.endpoint}/${name}`;
    await client.send(new SubscribeCommand({ TopicArn, Protocol: "http", Endpoint }));
    return TopicArn;
  }

  const topics = { oncall: await createTopic("oncall"), default: await createTopic("default") };
  const close = () => {
    client.destroy();
    return subscriber.close();
  };
  return { topic: snsAlertTopic(client, topics), published: async () => published, close };
});
