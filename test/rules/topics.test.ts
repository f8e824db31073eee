import { describe, expect, test } from "vitest";
import { RulesFileError } from "../../shared/errors.ts";
import { readRules } from "../../shared/rules/read-rules.ts";

const TOPICS = ["default", "oncall", "operator"];

function problems(yaml: string, topics: readonly string[] | undefined = TOPICS) {
  try {
    readRules(yaml, "rules.yml", topics);
  } catch (error) {
    if (error instanceof RulesFileError)
      return error.problems.map(({ line, column, message }) => `${line}:${column}: ${message}`);
    throw error;
  }
  return [];
}

const FILE = `rules:
  - { name: a, when: { keywords: [x] } }
  - name: b
    when: { keywords: [x] }
    alert:
      topic: onclal
  - { name: c, when: { keywords: [x] }, alert: { topic: constructor } }
`;

describe("rules are read for a deployment whose topics are known", () => {
  test("each rule that alerts a topic that there is not is a problem, in its place", () => {
    expect(problems(FILE)).toEqual([
      '6:14: no topic is named "onclal", did you mean "oncall"?',
      '7:57: no topic is named "constructor"; known are default, oncall, operator',
    ]);
  });

  test("a rule that names none alerts default, which may be missing, too", () => {
    expect(problems("rules:\n  - { name: a, when: { keywords: [x] } }\n", ["oncall"])).toEqual([
      '2:5: no topic is named "default"; known are oncall',
    ]);
  });

  test("a rule that is off may name any", () => {
    expect(problems("rules: [{ name: a, enabled: false, when: { keywords: [x] }, alert: { topic: x } }]")).toEqual([]);
  });

  test("what else is wrong is told first", () => {
    expect(problems(FILE.replace("keywords", "keyword"))).toEqual([
      expect.stringMatching(/^2:24: unknown key "keyword"/),
    ]);
  });

  test("without topics any may be named", () => {
    expect(problems(FILE, undefined)).toHaveLength(2);
    expect(() => readRules(FILE, "rules.yml")).not.toThrow();
  });
});
