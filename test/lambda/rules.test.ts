import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ConfigurationError } from "../../shared/errors.ts";
import { readDeployedRules } from "../../shared/lambda/rules.ts";
import { packRules } from "../../shared/rules/packed-rules.ts";
import { readRules } from "../../shared/rules/read-rules.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const ARN = "arn:aws:sns:eu-west-1:444455556666:acme";
const RULES = `
policy: { virus: { FAIL: STOP_RULE_SET } }
rules:
  - { name: a, when: { keywords: [x] } }
  - { name: b, when: { keywords: [x] }, alert: { topic: oncall } }
  - { name: c, when: { keywords: [x] }, alert: { topic: constructor } }
  - { name: d, when: { keywords: [x] }, alert: { topic: nobody }, enabled: false }
`;

const PACKED = packRules(readRules(RULES, "rules.yml"), "rules.yml");
const deployed = (name: string) => join(temporaryFolder({ "rules.json": PACKED, "rules.yml": RULES }), name);

describe("the rules that were packed beside a function", () => {
  test("are read from its folder", () => {
    const rules = readDeployedRules(deployed("rules.json"));
    expect(rules.rules.map(({ name }) => name)).toEqual(["a", "b", "c", "d"]);
    expect(rules.policy).toEqual({ virus: { FAIL: "STOP_RULE_SET" } });
  });

  test("alert only topics that are configured, each one that is not being named; a rule that is off may name any", () => {
    const read = () => readDeployedRules(deployed("rules.json"), { default: ARN, operator: ARN });
    expect(read).toThrow(ConfigurationError);
    expect(read).toThrow(
      /rule "b" alerts the topic "oncall", but MAILROOM_TOPICS has only default, operator\n.*rule "c"/,
    );
    const topics = { default: ARN, operator: ARN, oncall: ARN, ["constructor"]: ARN };
    expect(readDeployedRules(deployed("rules.json"), topics).rules).toHaveLength(4);
  });

  test("that are not there are told by their path", () => {
    expect(() => readDeployedRules(deployed("none.json"))).toThrow(
      /none\.json" cannot be read; MAILROOM_RULES_FILE says/,
    );
  });

  test("are never YAML", () => {
    const read = () => readDeployedRules(deployed("rules.yml"));
    expect(read).toThrow(ConfigurationError);
    expect(read).toThrow(/rules\.yml: expected a packed file of rules, got \d+ characters that are none/);
  });
});
