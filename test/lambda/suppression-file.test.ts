import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ConfigurationError, SuppressionFileError } from "../../shared/errors.ts";
import { readFeedbackConfig, readProcessMailConfig } from "../../shared/lambda/config.ts";
import { readDeployedSuppressionFile } from "../../shared/lambda/suppression-file.ts";
import { DEFAULT_POLICY } from "../../shared/suppression/policy.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const YAML = "policy: { permanentBounces: 2 }\ntrust: { allow: [isp.example] }\n";

const deployed = (folder: string, env: Record<string, string> = {}) =>
  readDeployedSuppressionFile(
    readFeedbackConfig({ MAILROOM_SUPPRESSION_TABLE: "acme-suppression", LAMBDA_TASK_ROOT: folder, ...env }),
  );

describe("the suppression policy that was deployed with a function", () => {
  test("is read from suppression.yml in its folder", () => {
    const { policy, trust } = deployed(temporaryFolder({ "suppression.yml": YAML }));
    expect(policy).toEqual({ ...DEFAULT_POLICY, permanentBounces: 2 });
    expect(trust.allow).toEqual(["isp.example"]);
  });

  test("is the default one where there is no such file", () => {
    expect(deployed(temporaryFolder())).toEqual({ policy: DEFAULT_POLICY, trust: { allow: [] } });
  });

  test("is read from the file that is named", () => {
    const folder = temporaryFolder({ "policies/prod.yml": YAML, "suppression.yml": "policy: nothing" });
    expect(deployed(folder, { MAILROOM_SUPPRESSION_FILE: "policies/prod.yml" }).policy.permanentBounces).toBe(2);
  });

  test("must be there when it is named, also by its usual name", () => {
    const folder = temporaryFolder();
    for (const MAILROOM_SUPPRESSION_FILE of ["suppression.yml", "policies/prod.yml"]) {
      expect(() => deployed(folder, { MAILROOM_SUPPRESSION_FILE })).toThrow(ConfigurationError);
      expect(() => deployed(folder, { MAILROOM_SUPPRESSION_FILE })).toThrow(
        `The suppression file "${join(folder, MAILROOM_SUPPRESSION_FILE)}" cannot be read; MAILROOM_SUPPRESSION_FILE says where it is`,
      );
    }
  });

  test("is not passed over when it is there and cannot be read", () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, "suppression.yml"));
    expect(() => deployed(folder)).toThrow(ConfigurationError);
  });

  test("that is broken is told with line and column", () => {
    const folder = temporaryFolder({ "suppression.yml": "policy:\n  permanentBounces: many\n" });
    expect(() => deployed(folder)).toThrow(SuppressionFileError);
    expect(() => deployed(folder)).toThrow(/suppression\.yml:2:21: expected a whole number, got "many"/);
  });

  test("trusts return paths that were made with the key of the function", () => {
    const arn = "arn:aws:sns:eu-west-1:444455556666:acme";
    const key = "k".repeat(32);
    const config = readProcessMailConfig({
      MAILROOM_MAIL_BUCKET: "acme-inbound",
      MAILROOM_MAIL_TABLE: "acme-mail",
      MAILROOM_TOPICS: `default=${arn},operator=${arn}`,
      MAILROOM_VERP_KEY: key,
      LAMBDA_TASK_ROOT: temporaryFolder({ "suppression.yml": YAML }),
    });
    expect(readDeployedSuppressionFile(config).trust).toEqual({ allow: ["isp.example"], verpKey: key });
  });
});
