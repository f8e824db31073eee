import { ConfigurationError } from "../../shared/errors.ts";
import { type Deployment, outputsSchema } from "./outputs.ts";

/** Which deployment a command works on. */
export interface DeploymentOptions {
  readonly stage: string;
  readonly region?: string | undefined;
}

export function stackOfStage(stage: string): string {
  return `mailroom-${stage}`;
}

/**
 * Reads what the stack of a stage tells of itself, with the credentials and region of the AWS environment.
 *
 * @throws {ConfigurationError} when there is no such stack, or it was deployed by another version of Mailroom
 */
export async function readDeployment({ stage, region }: DeploymentOptions): Promise<Deployment> {
  const stack = stackOfStage(stage);
  const outputs = await readOutputs({ stage, region });
  if (outputs !== undefined) return checkOutputs(stack, outputs);
  const where = region === undefined ? "the region of your AWS environment" : region;
  throw new ConfigurationError(
    `there is no stack ${stack} in ${where}: deploy it with npm run deploy -- --stage ${stage}, or name another --stage or --region`,
  );
}

/** The outputs of a stage's stack, whatever they are; `undefined`: there is no such stack. */
export async function readOutputs({
  stage,
  region,
}: DeploymentOptions): Promise<Readonly<Record<string, unknown>> | undefined> {
  const { CloudFormationClient, DescribeStacksCommand } = await import("@aws-sdk/client-cloudformation");
  const client = new CloudFormationClient(region === undefined ? {} : { region });
  try {
    const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: stackOfStage(stage) }));
    const outputs = Stacks?.[0]?.Outputs ?? [];
    return Object.fromEntries(outputs.map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]));
  } catch (error) {
    if (error instanceof Error && error.name === "ValidationError" && /does not exist/.test(error.message))
      return undefined;
    throw error;
  } finally {
    client.destroy();
  }
}

/** @throws {ConfigurationError} when the outputs are those of another version of Mailroom */
export function checkOutputs(stack: string, outputs: Readonly<Record<string, unknown>>): Deployment {
  const read = outputsSchema.safeParse(outputs);
  if (read.success) return read.data;
  const wrong = read.error.issues.map(({ path }) => String(path[0])).join(", ");
  throw new ConfigurationError(
    `the outputs of the stack ${stack} are not those of this version of Mailroom (${wrong}): deploy it again with this version`,
  );
}
