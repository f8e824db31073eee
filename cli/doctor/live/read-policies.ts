import { GetFunctionConfigurationCommand, GetPolicyCommand, type LambdaClient } from "@aws-sdk/client-lambda";
import { GetBucketPolicyCommand, type S3Client } from "@aws-sdk/client-s3";
import { GetTopicAttributesCommand, type SNSClient } from "@aws-sdk/client-sns";
import type { FunctionRuntime } from "../checks/runtimes.ts";
import type { Policy } from "../policy.ts";

/** What a thing without a policy says: nothing is allowed. */
const NO_POLICY = {};

export async function readBucketPolicy(client: S3Client, bucket: string): Promise<Policy> {
  return withoutPolicy("NoSuchBucketPolicy", async () => {
    const { Policy } = await client.send(new GetBucketPolicyCommand({ Bucket: bucket }));
    return Policy;
  });
}

export async function readTopicPolicy(client: SNSClient, topic: string): Promise<Policy> {
  const { Attributes } = await client.send(new GetTopicAttributesCommand({ TopicArn: topic }));
  return parsed(Attributes?.["Policy"]);
}

export async function readFunctionPolicy(client: LambdaClient, arn: string): Promise<Policy> {
  return withoutPolicy("ResourceNotFoundException", async () => {
    const { Policy } = await client.send(new GetPolicyCommand({ FunctionName: arn }));
    return Policy;
  });
}

export async function readRuntime(client: LambdaClient, arn: string): Promise<FunctionRuntime> {
  const { FunctionName, Runtime } = await client.send(new GetFunctionConfigurationCommand({ FunctionName: arn }));
  return { name: FunctionName ?? arn, runtime: Runtime ?? "an image" };
}

/** S3 and Lambda answer with an error where there is no policy. */
async function withoutPolicy(name: string, read: () => Promise<string | undefined>): Promise<Policy> {
  try {
    return parsed(await read());
  } catch (error) {
    if (error instanceof Error && error.name === name) return NO_POLICY;
    throw error;
  }
}

function parsed(json: string | undefined): Policy {
  return json === undefined ? NO_POLICY : JSON.parse(json);
}
