import { existsSync } from "node:fs";
import { S3Client } from "@aws-sdk/client-s3";
import { versionOf } from "../../shared/packed-file.ts";
import { readRules } from "../../shared/rules/read-rules.ts";
import type { RulesFile } from "../../shared/rules/rules-file.ts";
import { rulesUrl } from "../../shared/rules/rules-object.ts";
import { NO_SUPPRESSION_FILE, type SuppressionFile } from "../../shared/suppression/policy-file/suppression-file.ts";
import type { Deployment } from "../deployment/outputs.ts";
import { openRulesSource } from "../deployment/rules-source.ts";
import { loadPolicy } from "../load-policy.ts";
import { loadRules, type RulesText, rulesFileOfStage } from "../load-rules.ts";

/** Rules, and which they are. */
export interface StageRules {
  readonly rules: RulesFile;
  /** For a person. */
  readonly words: string;
}

/**
 * The rules that were named; else those that the functions of the deployment go by, as far as they can be had: those in its configuration bucket, or the
 * file that it is deployed with, as it is now.
 *
 * @throws {RulesFileError} also when a rule alerts a topic that the deployment does not have
 * @throws {UsageError} when there are none
 */
export async function rulesOfStage(named: string | undefined, deployment: Deployment): Promise<StageRules> {
  const { file, yaml, words } = await textOf(named, deployment);
  const rules = readRules(yaml, file, Object.keys(deployment.AlertTopics));
  return { rules, words: `Rules: ${file}, version ${versionOf(rules)}${words}` };
}

async function textOf(
  named: string | undefined,
  { Stage, Region: region, RulesSource, ConfigBucket }: Deployment,
): Promise<RulesText & { readonly words: string }> {
  if (named !== undefined) return { ...loadRules(named), words: "" };
  const local = () => loadRules(rulesFileOfStage(Stage));
  if (RulesSource === "bundle")
    return { ...local(), words: "; the functions go by those that they were deployed with, which may be others" };
  const reading = await openRulesSource(new S3Client({ region }), ConfigBucket).read();
  const url = rulesUrl(ConfigBucket);
  if (reading.kind === "read") return { file: url, yaml: reading.text, words: ", as the functions" };
  return {
    ...local(),
    words: `; there are none in ${url}, so the functions go by the last good ones before, else by those that they were deployed with`,
  };
}

/** The suppression file that was named, else the one that the stage is deployed with, else the default policy. */
export function suppressionFileOfStage(named: string | undefined, stage: string): SuppressionFile {
  const file = `rules/${stage}.suppression.yml`;
  if (named === undefined && !existsSync(file)) return NO_SUPPRESSION_FILE;
  return loadPolicy(named ?? file);
}
