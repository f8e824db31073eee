import { CloudFormationClient, type CloudFormationClientConfig } from "@aws-sdk/client-cloudformation";
import { type FakeService, startFakeService, xmlText } from "./fake-server.ts";

/** CloudFormation as far as a deployment's outputs are read from it. */
export interface FakeCloudFormation extends FakeService<CloudFormationClient, CloudFormationClientConfig> {
  /** Outputs by the name of their stack. */
  readonly stacks: Map<string, Readonly<Record<string, string>>>;
}

const NAMESPACE = "http://cloudformation.amazonaws.com/doc/2010-05-15/";

export async function startFakeCloudFormation(
  stacks: Readonly<Record<string, Readonly<Record<string, string>>>> = {},
): Promise<FakeCloudFormation> {
  const known = new Map(Object.entries(stacks));
  const service = await startFakeService<CloudFormationClient, CloudFormationClientConfig>(
    (_request, body, response) => {
      const asked = new URLSearchParams(body.toString());
      const stack = asked.get("StackName") ?? "";
      const outputs = asked.get("Action") === "DescribeStacks" ? known.get(stack) : undefined;
      if (outputs === undefined) response.writeHead(400, XML).end(missing(stack));
      else response.writeHead(200, XML).end(described(stack, outputs));
    },
    (config) => new CloudFormationClient(config),
  );
  return { ...service, stacks: known };
}

const XML = { "content-type": "text/xml" };

function missing(stack: string): string {
  const error = `<Type>Sender</Type><Code>ValidationError</Code><Message>Stack with id ${xmlText(stack)} does not exist</Message>`;
  return `<ErrorResponse xmlns="${NAMESPACE}"><Error>${error}</Error><RequestId>r-1</RequestId></ErrorResponse>`;
}

function described(stack: string, outputs: Readonly<Record<string, string>>): string {
  const members = Object.entries(outputs).map(
    ([key, value]) =>
      `<member><OutputKey>${xmlText(key)}</OutputKey><OutputValue>${xmlText(value)}</OutputValue></member>`,
  );
  const fields = [
    `<StackName>${xmlText(stack)}</StackName>`,
    "<CreationTime>2026-11-24T08:00:00Z</CreationTime>",
    "<StackStatus>UPDATE_COMPLETE</StackStatus>",
    `<Outputs>${members.join("")}</Outputs>`,
  ];
  const result = `<DescribeStacksResult><Stacks><member>${fields.join("")}</member></Stacks></DescribeStacksResult>`;
  return `<DescribeStacksResponse xmlns="${NAMESPACE}">${result}</DescribeStacksResponse>`;
}
