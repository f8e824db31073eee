import { onTestFinished, vi } from "vitest";
import { run } from "../cli/run-mailroom.ts";
import { OUTPUTS } from "./deployment-outputs.ts";
import { type Answers, startFakeAccount } from "./fake-account.ts";
import { startFakeCloudFormation } from "./fake-cloudformation.ts";
import { healthyAnswers } from "./healthy-account.ts";
import { temporaryFolder } from "./temporary-folder.ts";

/** An account with the deployment of stage prod, and the command, with the real SDK, on it. `said` are answers that are not as they should be. */
export async function startDeployedAccount(
  said: Partial<Answers> = {},
  outputs: Readonly<Record<string, string>> = {},
) {
  const cloudFormation = await startFakeCloudFormation({ "mailroom-prod": { ...OUTPUTS, ...outputs } });
  const account = await startFakeAccount({ ...healthyAnswers(), ...said } as Answers);
  const env = {
    ...account.env,
    AWS_ENDPOINT_URL_CLOUDFORMATION: cloudFormation.endpoint,
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
    AWS_REGION: "eu-west-1",
  };
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  onTestFinished(async () => {
    vi.unstubAllEnvs();
    await Promise.all([cloudFormation.close(), account.close()]);
  });
  return {
    account,
    run: (...words: readonly string[]) => run(...words, "--stage", "prod"),
    /** `doctor` with DNS as in this zone file. */
    doctor: (zone: string, ...words: readonly string[]) => {
      const folder = temporaryFolder({ "acme.zone": zone });
      return run("doctor", "--stage", "prod", "--dns-file", `${folder}/acme.zone`, ...words);
    },
  };
}
