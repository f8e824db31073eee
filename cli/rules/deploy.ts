import { S3Client } from "@aws-sdk/client-s3";
import { RulesFileError } from "../../shared/errors.ts";
import { versionOf } from "../../shared/packed-file.ts";
import type { RulesSource } from "../../shared/ports.ts";
import { readRules } from "../../shared/rules/read-rules.ts";
import type { RulesFile } from "../../shared/rules/rules-file.ts";
import { RULES_KEY, rulesUrl } from "../../shared/rules/rules-object.ts";
import { type DeploymentOptions, readDeployment } from "../deployment/read-deployment.ts";
import { openRulesSource } from "../deployment/rules-source.ts";
import { EXIT } from "../exit-status.ts";
import { loadRules, rulesFileOfStage } from "../load-rules.ts";
import type { Console } from "../output/console.ts";
import { plural } from "../output/count.ts";
import { printable } from "../output/printable.ts";
import { putAsRead } from "../put-as-read.ts";
import { UsageError } from "../usage-error.ts";
import { compareRules } from "./compare-rules.ts";
import { contentWords } from "./content-words.ts";

export interface DeployRulesOptions extends DeploymentOptions {
  readonly file?: string;
  readonly apply?: true;
}

const EMPTY: RulesFile = { version: 1, policy: {}, rules: [] };

/** Checks rules against a deployment, tells what they change there, and uploads them with `apply`. */
export async function deployRules(options: DeployRulesOptions, console: Console): Promise<number> {
  const { stage, apply } = options;
  const { file, yaml } = loadRules(options.file ?? rulesFileOfStage(stage));
  const { RulesSource, ConfigBucket: bucket, AlertTopics, Region } = await readDeployment(options);
  if (RulesSource === "bundle") throw bundled(stage);
  const rules = readRules(yaml, file, Object.keys(AlertTopics));
  console.say(`${file} is in order: ${contentWords(rules)}`);
  const client = new S3Client({ region: Region });
  try {
    const uploaded = await readUploaded(openRulesSource(client, bucket), rulesUrl(bucket));
    const isNew = await tellChange(uploaded, rules, console);
    const object = { Bucket: bucket, Key: RULES_KEY, Body: yaml, ContentType: "application/yaml" };
    if (isNew && apply) await putAsRead(client, object, uploaded.eTag);
    console.say(outcomeWords(isNew, apply, rulesUrl(bucket)));
    return EXIT.done;
  } finally {
    client.destroy();
  }
}

function outcomeWords(isNew: boolean, apply: true | undefined, url: string): string {
  if (!isNew) return "It says what is in force already: there is nothing to upload.";
  if (!apply) return "Dry run: nothing was uploaded. --apply uploads it.";
  return `Uploaded to ${url}. It is in force within a minute.`;
}

/** @returns whether the rules say anything else than those that are uploaded */
async function tellChange(uploaded: Uploaded, rules: RulesFile, console: Console): Promise<boolean> {
  const version = versionOf(rules);
  console.say(`now   ${uploaded.words}`);
  console.say(`then  ${version}`);
  for (const { do: verb, what } of compareRules(uploaded.rules ?? EMPTY, rules)) {
    await console.print(`${verb.padEnd(6)}  ${printable(what)}\n`);
  }
  return uploaded.rules === undefined || versionOf(uploaded.rules) !== version;
}

function bundled(stage: string): UsageError {
  return new UsageError(
    `the functions of stage ${stage} go by the rules that they were deployed with, not by those of S3: deploy again (npm run deploy -- --stage ${stage}), or say rulesSource: s3 for the stage in serverless.yml and deploy once`,
  );
}

/** The rules that are uploaded, where they can be used. */
interface Uploaded {
  /** `undefined`: nothing is uploaded. */
  readonly eTag?: string;
  readonly rules?: RulesFile;
  readonly words: string;
}

async function readUploaded(source: RulesSource, url: string): Promise<Uploaded> {
  const reading = await source.read();
  if (reading.kind !== "read")
    return {
      words:
        "nothing uploaded (compared with an empty file); the functions go by the last good version before, else by the rules that they were deployed with",
    };
  const { text, eTag } = reading;
  try {
    const rules = readRules(text, url);
    return { eTag, rules, words: `${versionOf(rules)} in ${url}` };
  } catch (error) {
    if (!(error instanceof RulesFileError)) throw error;
    const problems = plural(error.problems.length, "problem");
    return { eTag, words: `those in ${url} cannot be used (${problems}); the functions go by the last good ones` };
  }
}
