import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ConfigurationError, RulesFileError } from "../../shared/errors.ts";
import { readDeployedRules } from "../../shared/lambda/rules.ts";

const ARN = "arn:aws:sns:eu-west-1:444455556666:acme";
const RULES = `
policy: { virus: { FAIL: STOP_RULE_SET } }
rules:
  - { name: a, when: { keywords: [x] } }
  - { name: b, when: { keywords: [x] }, alert: { topic: oncall } }
  - { name: c, when: { keywords: [x] }, alert: { topic: constructor } }
  - { name: d, when: { keywords: [x] }, alert: { topic: nobody }, enabled: false }
`;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "mailroom-rules-"));
  writeFileSync(join(folder, "rules.yml"), RULES);
  writeFileSync(join(folder, "broken.yml"), "rules: [{ name: a }]");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("the rules that were deployed with a function", () => {
  test("are read from its folder", () => {
    const rules = readDeployedRules(join(folder, "rules.yml"));
    expect(rules.rules.map(({ name }) => name)).toEqual(["a", "b", "c", "d"]);
    expect(rules.policy).toEqual({ virus: { FAIL: "STOP_RULE_SET" } });
  });

  test("alert only topics that are configured, each one that is not being named; a rule that is off may name any", () => {
    const read = () => readDeployedRules(join(folder, "rules.yml"), { default: ARN, operator: ARN });
    expect(read).toThrow(ConfigurationError);
    expect(read).toThrow(
      /rule "b" alerts the topic "oncall", but MAILROOM_TOPICS has only default, operator\n.*rule "c"/,
    );
    const topics = { default: ARN, operator: ARN, oncall: ARN, ["constructor"]: ARN };
    expect(readDeployedRules(join(folder, "rules.yml"), topics).rules).toHaveLength(4);
  });

  test("that are not there are told by their path", () => {
    expect(() => readDeployedRules(join(folder, "none.yml"))).toThrow(
      /none\.yml" cannot be read; MAILROOM_RULES_FILE says/,
    );
  });

  test("that are broken are told with line and column", () => {
    expect(() => readDeployedRules(join(folder, "broken.yml"))).toThrow(RulesFileError);
  });
});
