import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { readDeployment } from "../../../cli/deployment/read-deployment.ts";
import { ConfigurationError } from "../../../shared/errors.ts";
import { OUTPUTS } from "../../support/deployment-outputs.ts";
import { type FakeCloudFormation, startFakeCloudFormation } from "../../support/fake-cloudformation.ts";

let fake: FakeCloudFormation;

beforeEach(async () => {
  fake = await startFakeCloudFormation({ "mailroom-prod": OUTPUTS });
  vi.stubEnv("AWS_ENDPOINT_URL_CLOUDFORMATION", fake.endpoint);
  vi.stubEnv("AWS_ACCESS_KEY_ID", "test");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "test");
  vi.stubEnv("AWS_REGION", "eu-west-1");
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await fake.close();
});

describe("a deployment", () => {
  test("is read from the outputs of its stack", async () => {
    expect(await readDeployment({ stage: "prod" })).toMatchObject({
      MailBucket: OUTPUTS.MailBucket,
      Recipients: ["mail.acme.example", "desk@acme.example"],
      AlertTopics: { default: "arn:aws:sns:eu-west-1:123456789012:mailroom-prod-default" },
      OwnsIdentity: true,
    });
  });

  test("without recipients takes all", async () => {
    fake.stacks.set("mailroom-prod", { ...OUTPUTS, Recipients: "[]" });
    expect((await readDeployment({ stage: "prod" })).Recipients).toEqual([]);
  });

  test("that is not there is told, with how it is made", async () => {
    const reading = readDeployment({ stage: "dev", region: "eu-west-1" });
    await expect(reading).rejects.toThrow(ConfigurationError);
    await expect(reading).rejects.toThrow(
      "there is no stack mailroom-dev in eu-west-1: deploy it with npm run deploy -- --stage dev",
    );
  });

  test("of another version is told, with what is missing", async () => {
    const { MailBucket: _, ...older } = OUTPUTS;
    fake.stacks.set("mailroom-prod", { ...older, RulesSource: "ftp" });
    await expect(readDeployment({ stage: "prod" })).rejects.toThrow(
      "the outputs of the stack mailroom-prod are not those of this version of Mailroom (MailBucket, RulesSource)",
    );
  });
});
