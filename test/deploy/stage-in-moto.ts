import { spawnSync } from "node:child_process";
import {
  DeleteEventSourceMappingCommand,
  GetFunctionConfigurationCommand,
  LambdaClient,
  ListEventSourceMappingsCommand,
} from "@aws-sdk/client-lambda";
import { ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { mailroomProcess } from "../cli/mailroom-process.ts";
import type { Outcome } from "../support/lambda-process.ts";
import { runPackaged } from "./packaged-function.ts";
import { variantFolder } from "./variants.ts";

/** The stage as cloned, in moto. The commands and clients find it by their environment alone, as they find AWS. */
const STAGE = ["--stage", "dev", "--region", "eu-west-1"];

export function awsEnvironment(endpoint: string): Record<string, string> {
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: "eu-west-1",
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
    AWS_EC2_METADATA_DISABLED: "true",
  };
}

/** @returns what osls says */
export function osls(command: "deploy" | "remove"): { readonly status: number | null; readonly said: string } {
  // osls empties the folder that it packages into, but deploys one that is given as it is.
  const packaged = command === "deploy" ? ["--package", variantFolder("cloned")] : [];
  const { status, stdout, stderr } = spawnSync("node_modules/.bin/osls", [command, ...STAGE, ...packaged], {
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: "1" },
  });
  return { status, said: stdout + stderr };
}

export function mailroom(...words: readonly string[]) {
  return mailroomProcess([...words, ...STAGE]);
}

/** Runs a packaged function as it is deployed: with the environment that Lambda would give it. */
export async function invoke(name: string, event: unknown): Promise<Outcome | undefined> {
  const { Environment } = await new LambdaClient().send(
    new GetFunctionConfigurationCommand({ FunctionName: `mailroom-dev-${name}` }),
  );
  const env = { ...awsEnvironment(process.env["AWS_ENDPOINT_URL"] ?? ""), ...Environment?.Variables };
  const { outcomes } = await runPackaged("cloned", name, { env, events: [event] });
  return outcomes[0];
}

/** moto would run functions in containers; here the tests hand them what lies in their queues. */
export async function takeQueuesFromFunctions(): Promise<number> {
  const lambda = new LambdaClient();
  const { EventSourceMappings = [] } = await lambda.send(new ListEventSourceMappingsCommand({}));
  for (const { UUID } of EventSourceMappings) await lambda.send(new DeleteEventSourceMappingCommand({ UUID }));
  return EventSourceMappings.length;
}

/** Of queues by their URLs, whose host is AWS's even where the queue is in moto. */
export function sqsClient(): SQSClient {
  return new SQSClient({ useQueueUrlAsEndpoint: false });
}

/** The bodies of what lies in a queue, which keeps them. */
export async function bodiesIn(queue: string): Promise<readonly string[]> {
  const { Messages = [] } = await sqsClient().send(
    new ReceiveMessageCommand({ QueueUrl: queue, MaxNumberOfMessages: 10, VisibilityTimeout: 0 }),
  );
  return Messages.map(({ Body = "" }) => Body);
}
