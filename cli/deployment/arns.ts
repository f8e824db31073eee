import type { Deployment } from "./outputs.ts";

/** An ARN in the account and region of a deployment: `sqs`, `mailroom-prod-bounces`. */
export function arnIn(deployment: Deployment, service: string, resource: string): string {
  const { Region, Account } = deployment;
  return `arn:${partitionOf(deployment)}:${service}:${Region}:${Account}:${resource}`;
}

export function partitionOf({ ProcessMailFunction }: Deployment): string {
  return ProcessMailFunction.split(":")[1] ?? "aws";
}

/** The outputs tell of a queue by its URL, which ends with its name. */
export function queueArn(deployment: Deployment, url: string): string {
  return arnIn(deployment, "sqs", lastPart(url));
}

/** The name at the end of an ARN or a URL. */
export function lastPart(arn: string): string {
  return arn.split(/[:/]/).at(-1) ?? arn;
}
