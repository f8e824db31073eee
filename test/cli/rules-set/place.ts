import { onTestFinished, vi } from "vitest";
import { BEFORE_KEY } from "../../../cli/rules-set/before.ts";
import type { ReceiptRule } from "../../../shared/receipt/receipt-rule.ts";
import { OUTPUTS } from "../../support/deployment-outputs.ts";
import { startFakeCloudFormation } from "../../support/fake-cloudformation.ts";
import { startFakeS3 } from "../../support/fake-s3.ts";
import { startFakeReceiptRules } from "../../support/fake-ses-receipt-rules.ts";
import { ourRule } from "../../support/receipt-rules.ts";
import { run } from "../run-mailroom.ts";

const KEPT = `${OUTPUTS.ConfigBucket}/${BEFORE_KEY}`;

/** What a dry run ends with. */
export const DRY = "Dry run: nothing was changed. --apply makes the change.\n";

/** An account with the deployment of stage prod, whose set is there and not active; and the command, with the real SDK, on it. */
export async function startPlace() {
  const [cloudFormation, ses, s3] = await Promise.all([
    startFakeCloudFormation({ "mailroom-prod": OUTPUTS }),
    startFakeReceiptRules(),
    startFakeS3(),
  ]);
  const env = {
    AWS_ENDPOINT_URL_CLOUDFORMATION: cloudFormation.endpoint,
    AWS_ENDPOINT_URL_SES: ses.endpoint,
    AWS_ENDPOINT_URL_S3: s3.endpoint,
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
    AWS_REGION: "eu-west-1",
  };
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  onTestFinished(async () => {
    vi.unstubAllEnvs();
    await Promise.all([cloudFormation, ses, s3].map((fake) => fake.close()));
  });
  ses.sets.set(OUTPUTS.ReceiptRuleSet, [ourRule()]);
  return {
    cloudFormation,
    ses,
    s3,
    /** Another set becomes the active one, with these rules. */
    activate(name: string, rules: readonly ReceiptRule[]): void {
      ses.sets.set(name, rules);
      ses.active = name;
    },
    /** What is kept of what was before. */
    kept: (): unknown => JSON.parse(s3.objects.get(KEPT)?.toString() ?? "null"),
    keep: (text: string) => s3.objects.set(KEPT, Buffer.from(text)),
    /** Names of a set's rules. */
    rulesOf: (set: string) => ses.sets.get(set)?.map(({ name }) => name),
    /** Whatever would change something at SES. */
    changes: () => ses.requests.filter((request) => !request.startsWith("Describe")),
    run: (...words: readonly string[]) => run("rules-set", ...words, "--stage", "prod"),
  };
}
