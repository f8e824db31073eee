import type { Deployment } from "../deployment/outputs.ts";
import { COMMAND } from "../help.ts";

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
    command: (words) => `${COMMAND} ${words} --stage ${Stage}${region === undefined ? "" : ` --region ${region}`}`,
    aws: (words) => `aws ${words} --region ${Region}`,
    deploy: `npm run deploy -- --stage ${Stage}`,
  };
}

/** The domains that mail is read for: that of the deployment first. A condition on subdomains names none of them. */
export function receivingDomains({ Domain, Recipients }: Deployment): readonly string[] {
  const others = Recipients.filter((condition) => !condition.startsWith(".")).map(
    (condition) => condition.split("@").at(-1) ?? condition,
  );
  return [...new Set([Domain, ...others].map((domain) => domain.toLowerCase()))];
}
