import { COMMAND } from "../help.ts";
import type { DeploymentOptions } from "./read-deployment.ts";

/** Writes command lines of ours for a deployment: `dns` becomes `npm run mailroom -- dns --stage prod`. */
export function commandLineFor({ stage, region }: DeploymentOptions): (words: string) => string {
  const where = region === undefined ? `--stage ${stage}` : `--stage ${stage} --region ${region}`;
  return (words) => `${COMMAND} ${words} ${where}`;
}
