import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { s3RulesSource } from "../../shared/aws/s3-rules-source.ts";
import { brokenRulesAlert } from "../../shared/lambda/broken-rules.ts";
import type { BrokenRules } from "../../shared/lambda/current-rules.ts";
import { rulesInForce } from "../../shared/lambda/rules-in-force.ts";
import { compileRules } from "../../shared/rules/compile-rules.ts";
import { packRules } from "../../shared/rules/packed-rules.ts";
import { readRules } from "../../shared/rules/read-rules.ts";
import { type FakeS3, startFakeS3 } from "../support/fake-s3.ts";
import { memoryLog } from "../support/memory-log.ts";
import { runsFrom } from "../support/runs.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const BUCKET = "acme-config";
const OBJECT = `${BUCKET}/rules.yml`;
const TOPICS = { default: "arn:1", operator: "arn:2" };
const MINUTE = 60_000;

const ruleOf = (name: string) => `rules:\n  - { name: ${name}, when: { keywords: [x] } }\n`;
const versionOf = (name: string) => compileRules(readRules(ruleOf(name), "rules.yml")).version;
const BROKEN = "rules:\n  - { name: a, when: { keyword: [x] } }\n";

let s3: FakeS3;
beforeEach(async () => {
  s3 = await startFakeS3();
});
afterEach(() => s3.close());

/** Into a bucket that keeps versions. */
function upload(yaml: string): void {
  keepVersion();
  s3.objects.set(OBJECT, Buffer.from(yaml));
}
function takeAway(): void {
  keepVersion();
  s3.objects.delete(OBJECT);
}
function keepVersion(): void {
  const content = s3.objects.get(OBJECT);
  if (content) s3.versions.unshift({ name: OBJECT, id: `v${s3.versions.length + 1}`, content });
}
const reads = () => s3.requests.length;

/** A process of a function, that was deployed with a rule named `bundled`, and what it tells. */
function started({ inBucket = true, operator = async (): Promise<void> => {} } = {}) {
  const runs = runsFrom();
  const log = memoryLog();
  const told: BrokenRules[] = [];
  const noted: string[] = [];
  const packed = packRules(readRules(ruleOf("bundled"), "rules.yml"), "rules.yml");
  const rulesFile = `${temporaryFolder({ "rules.json": packed })}/rules.json`;
  const ask = rulesInForce(
    { rulesFile, rulesBucket: inBucket ? BUCKET : undefined, topics: TOPICS },
    {
      openSource: async (bucket) => s3RulesSource(bucket, { client: s3.client({ maxAttempts: 1 }) }),
      prepare: compileRules,
      clock: runs.clock,
      log,
      onBroken: () => noted.push("broken"),
      async tellOperator(broken) {
        await operator();
        told.push(broken);
      },
    },
  );
  return {
    ask,
    names: async () => (await ask()).rules.map(({ rule }) => rule.name),
    advance: runs.advance,
    events: () => log.lines.map((line) => (line as { readonly event: string }).event),
    log,
    told,
    noted,
  };
}

test("the rules of the bundle are in force where no bucket is configured, and S3 is never asked", async () => {
  upload(ruleOf("uploaded"));
  const { names, advance, log } = started({ inBucket: false });
  expect(await names()).toEqual(["bundled"]);
  advance(10 * MINUTE);
  expect(await names()).toEqual(["bundled"]);
  expect([reads(), log.lines]).toEqual([0, []]);
});

describe("the rules of the bucket", () => {
  test("are in force from the first mail on, with their version", async () => {
    upload(ruleOf("uploaded"));
    const { ask, log } = started();
    expect(await ask()).toMatchObject({ version: versionOf("uploaded"), rules: [{ rule: { name: "uploaded" } }] });
    expect(log.lines).toEqual([{ event: "rules read", rulesVersion: versionOf("uploaded"), rules: 1 }]);
  });

  test("are looked for at most once a minute", async () => {
    upload(ruleOf("first"));
    const { names, advance } = started();
    expect(await names()).toEqual(["first"]);
    upload(ruleOf("second"));
    advance(MINUTE - 1);
    expect([await names(), reads()]).toEqual([["first"], 1]);
    advance(1);
    expect([await names(), reads()]).toEqual([["second"], 2]);
  });

  test("are not read again while their ETag is the same", async () => {
    upload(ruleOf("first"));
    const { ask, advance, log } = started();
    const before = await ask();
    advance(MINUTE);
    expect(await ask()).toBe(before);
    expect([reads(), log.lines]).toEqual([2, [expect.objectContaining({ event: "rules read" })]]);
  });

  test("are read once for all that ask at the same time", async () => {
    upload(ruleOf("uploaded"));
    const { names } = started();
    expect(await Promise.all([names(), names(), names()])).toEqual([["uploaded"], ["uploaded"], ["uploaded"]]);
    expect(reads()).toBe(1);
  });

  test("may alert only topics that there are", async () => {
    upload(ruleOf("a").replace("when", "alert: { topic: oncall }, when"));
    const { names, told } = started();
    expect(await names()).toEqual(["bundled"]);
    expect(String(told[0]?.error)).toContain(
      's3://acme-config/rules.yml:2:32: no topic is named "oncall"; known are default, operator',
    );
  });
});

describe("a broken version", () => {
  test("leaves the last good one in force, and the operator is told once", async () => {
    upload(ruleOf("good"));
    const { names, advance, told, events, noted } = started();
    await names();
    upload(BROKEN);
    for (let minute = 0; minute < 3; minute++) {
      advance(MINUTE);
      expect(await names()).toEqual(["good"]);
    }
    expect(told).toHaveLength(1);
    expect(events()).toEqual(["rules read", "rules broken, the last good ones stay in force"]);
    // Measured at every look, so that an alarm lasts as long as the fault.
    expect(noted).toEqual(["broken", "broken", "broken"]);
  });

  test("is told with line and column, under one id in every process", async () => {
    upload(BROKEN);
    const [one, another] = [started(), started()];
    await Promise.all([one.ask(), another.ask()]);
    const alerts = [one, another].flatMap(({ told }) => told.map(brokenRulesAlert));
    expect(alerts).toHaveLength(2);
    expect(new Set(alerts.map(({ id }) => id)).size).toBe(1);
    expect(alerts[0]).toMatchObject({
      rule: "mailroom/broken-rules",
      topic: "operator",
      because: [
        {
          value: expect.stringContaining(
            "s3://acme-config/rules.yml cannot be used. The last good version stays in force; ",
          ),
        },
        { value: 'Line 2, column 24: unknown key "keyword", did you mean "keywords"?' },
      ],
    });
    upload(`${BROKEN}# again\n`);
    one.advance(MINUTE);
    await one.ask();
    expect(new Set(one.told.map(brokenRulesAlert).map(({ id }) => id)).size).toBe(2);
  });

  test("at the first mail leaves the rules of the bundle in force where no version was good before", async () => {
    upload(BROKEN);
    upload(`${BROKEN}# again`);
    const { names, advance, noted } = started();
    expect(await names()).toEqual(["bundled"]);
    advance(MINUTE);
    expect(await names()).toEqual(["bundled"]);
    expect(noted).toEqual(["broken", "broken"]);
    expect(s3.requests.filter((request) => request.startsWith("List"))).toHaveLength(1);
  });

  test("leaves the same rules in force in a process that starts after it as in one that knew the good ones", async () => {
    upload(ruleOf("older"));
    upload(ruleOf("good"));
    const warm = started();
    await warm.ask();
    upload(BROKEN);
    upload(`${BROKEN}# again`);
    warm.advance(MINUTE);
    const cold = started();
    expect([await warm.names(), await cold.names()]).toEqual([["good"], ["good"]]);
    expect(cold.log.lines.at(-1)).toEqual({
      event: "rules read",
      rulesVersion: versionOf("good"),
      rules: 1,
      versionId: "v2",
    });
    expect([cold.told.length, cold.noted]).toEqual([1, ["broken"]]);
    cold.advance(MINUTE);
    expect([await cold.names(), cold.noted]).toEqual([["good"], ["broken", "broken"]]);
    upload(ruleOf("mended"));
    cold.advance(MINUTE);
    expect(await cold.names()).toEqual(["mended"]);
  });

  test("is looked behind again at the next look when the earlier ones could not be read at this one", async () => {
    upload(ruleOf("good"));
    upload(BROKEN);
    s3.fail({ operation: "ListObjectVersions", answer: "SlowDown" });
    const { names, advance, told, noted } = started();
    expect([await names(), noted]).toEqual([["bundled"], ["broken"]]);
    advance(MINUTE);
    expect([await names(), told.length]).toEqual([["good"], 1]);
  });

  test("that is mended is read, with its new version, and nobody is told any more", async () => {
    upload(BROKEN);
    const { ask, advance, told, noted } = started();
    await ask();
    upload(ruleOf("mended"));
    advance(MINUTE);
    expect(await ask()).toMatchObject({ version: versionOf("mended") });
    advance(MINUTE);
    await ask();
    expect([told.length, noted.length]).toEqual([1, 1]);
  });

  test("that comes back after a good one is not told again", async () => {
    const { ask, advance, told } = started();
    for (const yaml of [BROKEN, ruleOf("good"), BROKEN]) {
      upload(yaml);
      await ask();
      advance(MINUTE);
    }
    expect(told).toHaveLength(1);
  });

  test("is told at the next look when the operator could not be told at this one; mail goes on", async () => {
    upload(BROKEN);
    let isDown = true;
    const { names, advance, told, events } = started({
      operator: async () => {
        if (isDown) throw new Error("the topic is down");
      },
    });
    expect(await names()).toEqual(["bundled"]);
    expect([told, events().at(-1)]).toEqual([[], "operator not told of broken rules"]);
    isDown = false;
    advance(MINUTE);
    await names();
    advance(MINUTE);
    await names();
    expect(told).toHaveLength(1);
  });

  test.each([
    ["no YAML", "rules: [\n"],
    ["no text", "rules: \0"],
    ["empty", ""],
    ["far too long", "#".repeat(5 * 1024 * 1024)],
  ])("may be %s", async (_, yaml) => {
    upload(yaml);
    const { names, told } = started();
    expect(await names()).toEqual(["bundled"]);
    expect(told.map(brokenRulesAlert)).toMatchObject([{ because: [{}, { value: /^Line 1, column \d/ }] }]);
  });
});

describe("rules that are not there or cannot be read leave the last good ones in force, and nobody is told", () => {
  test("missing from the beginning: those of the bundle, and nothing is measured", async () => {
    const { names, events, told, noted } = started();
    expect(await names()).toEqual(["bundled"]);
    expect([events(), told, noted]).toEqual([["rules missing, the last good ones stay in force"], [], []]);
  });

  test("taken away: those that were there, also when they come back as they were", async () => {
    upload(ruleOf("uploaded"));
    const { names, advance, noted } = started();
    await names();
    takeAway();
    advance(MINUTE);
    expect([await names(), noted]).toEqual([["uploaded"], ["broken"]]);
    upload(ruleOf("uploaded"));
    advance(MINUTE);
    expect([await names(), noted]).toEqual([["uploaded"], ["broken"]]);
  });

  test("taken away before the first mail: those that were there, and it is measured", async () => {
    upload(ruleOf("uploaded"));
    takeAway();
    const { names, noted } = started();
    expect([await names(), noted]).toEqual([["uploaded"], ["broken"]]);
  });

  test("not read at the first mail: those of the bundle, for five seconds and no minute", async () => {
    upload(ruleOf("uploaded"));
    s3.fail({ operation: "GetObject", answer: "SlowDown" });
    const { names, advance } = started();
    expect(await names()).toEqual(["bundled"]);
    advance(4_999);
    expect(await names()).toEqual(["bundled"]);
    advance(1);
    expect(await names()).toEqual(["uploaded"]);
  });

  test.each(["AccessDenied", "SlowDown", "cut"] as const)("%s is logged and measured", async (answer) => {
    upload(ruleOf("uploaded"));
    const { names, advance, log, told, noted } = started();
    await names();
    s3.fail({ operation: "GetObject", answer });
    upload(ruleOf("later"));
    advance(MINUTE);
    expect(await names()).toEqual(["uploaded"]);
    expect(log.lines.at(-1)).toMatchObject({
      event: "rules not read, the last good ones stay in force",
      error: expect.any(String),
    });
    expect([told, noted]).toEqual([[], ["broken"]]);
    advance(MINUTE);
    expect(await names()).toEqual(["later"]);
  });
});
