import { commandLineFor } from "../deployment/command-line.ts";
import type { Deployment } from "../deployment/outputs.ts";

/** A deployment as the checks speak of it. */
export interface Subject {
  readonly deployment: Deployment;
  /** A command of ours for it: `dns` becomes `npm run mailroom -- dns --stage prod`. */
  command(words: string): string;
  /** A command of the AWS command line, in its region. */
  aws(words: string): string;
  readonly deploy: string;
}

/** @param region as it was said on the command line */
export function subjectOf(deployment: Deployment, region: string | undefined): Subject {
  const { Stage, Region } = deployment;
  return {
    deployment,
    command: commandLineFor({ stage: Stage, region }),
    aws: (words) => `aws ${words} --region ${Region}`,
    deploy: `npm run deploy -- --stage ${Stage}`,
  };
}
