import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ConfigurationError } from "../../shared/errors.ts";
import { readFeedbackConfig, readProcessMailConfig } from "../../shared/lambda/config.ts";
import { readDeployedSuppressionFile } from "../../shared/lambda/suppression-file.ts";
import { DEFAULT_POLICY } from "../../shared/suppression/policy.ts";
import { packSuppressionFile } from "../../shared/suppression/policy-file/packed-suppression-file.ts";
import { readSuppressionFile } from "../../shared/suppression/policy-file/read-suppression-file.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const YAML = "policy: { permanentBounces: 2 }\ntrust: { allow: [isp.example] }\n";
const PACKED = packSuppressionFile(readSuppressionFile(YAML, "suppression.yml"), "suppression.yml");

const deployed = (folder: string, env: Record<string, string> = {}) =>
  readDeployedSuppressionFile(readFeedbackConfig({ MAILROOM_SUPPRESSION_TABLE: "acme-suppression", ...env }, folder));

describe("the suppression policy that was packed beside a function", () => {
  test("is read from suppression.json in its folder", () => {
    const { policy, trust } = deployed(temporaryFolder({ "suppression.json": PACKED }));
    expect(policy).toEqual({ ...DEFAULT_POLICY, permanentBounces: 2 });
    expect(trust.allow).toEqual(["isp.example"]);
  });

  test("is the default one where there is no such file", () => {
    expect(deployed(temporaryFolder())).toEqual({ policy: DEFAULT_POLICY, trust: { allow: [] } });
  });

  test("is read from the file that is named", () => {
    const folder = temporaryFolder({ "policies/prod.json": PACKED, "suppression.json": "nothing" });
    expect(deployed(folder, { MAILROOM_SUPPRESSION_FILE: "policies/prod.json" }).policy.permanentBounces).toBe(2);
  });

  test("must be there when it is named, also by its usual name", () => {
    const folder = temporaryFolder();
    for (const MAILROOM_SUPPRESSION_FILE of ["suppression.json", "policies/prod.json"]) {
      expect(() => deployed(folder, { MAILROOM_SUPPRESSION_FILE })).toThrow(ConfigurationError);
      expect(() => deployed(folder, { MAILROOM_SUPPRESSION_FILE })).toThrow(
        `The packed suppression file "${join(folder, MAILROOM_SUPPRESSION_FILE)}" cannot be read; MAILROOM_SUPPRESSION_FILE says where it is`,
      );
    }
  });

  test("is not passed over when it is there and cannot be read", () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, "suppression.json"));
    expect(() => deployed(folder)).toThrow(ConfigurationError);
  });

  test("is never YAML", () => {
    const folder = temporaryFolder({ "suppression.json": YAML });
    expect(() => deployed(folder)).toThrow(ConfigurationError);
    expect(() => deployed(folder)).toThrow(/suppression\.json: expected a packed file of suppression, got/);
  });

  test("trusts return paths that were made with the key of the function", () => {
    const arn = "arn:aws:sns:eu-west-1:444455556666:acme";
    const key = "k".repeat(32);
    const env = {
      MAILROOM_MAIL_BUCKET: "acme-inbound",
      MAILROOM_MAIL_TABLE: "acme-mail",
      MAILROOM_TOPICS: `default=${arn},operator=${arn}`,
      MAILROOM_VERP_KEY: key,
    };
    const config = readProcessMailConfig(env, temporaryFolder({ "suppression.json": PACKED }));
    expect(readDeployedSuppressionFile(config).trust).toEqual({ allow: ["isp.example"], verpKey: key });
  });
});
