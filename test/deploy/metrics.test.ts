import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { createMeter } from "../../shared/lambda/meter.ts";
import { problem } from "../../shared/message/problems.ts";
import { bounceOf } from "../support/feedback.ts";
import { recordOf } from "../support/records.ts";
import { suppressionOf } from "../support/suppressions.ts";
import { type PackagedStage, packagedStage } from "./packaged-stage.ts";
import { VARIANTS } from "./variants.ts";

// An alarm on a metric that nobody writes never goes off, and nobody notices.

/** What AWS's services write, as far as it is watched here: name and dimensions. */
const OF_AWS = [
  "AWS/Lambda Errors [FunctionName]",
  "AWS/Lambda Throttles [FunctionName]",
  "AWS/Lambda Duration [FunctionName]",
  "AWS/SQS ApproximateNumberOfMessagesVisible [QueueName]",
  "AWS/SQS ApproximateAgeOfOldestMessage [QueueName]",
  "AWS/SES PublishFailure [RuleName,RuleSetName]",
  "AWS/SES PublishExpired [RuleName,RuleSetName]",
  "AWS/SES Reputation.BounceRate []",
  "AWS/SES Reputation.ComplaintRate []",
];

interface Line {
  readonly _aws: {
    readonly CloudWatchMetrics: readonly {
      readonly Namespace: string;
      readonly Dimensions: readonly (readonly string[])[];
      readonly Metrics: readonly { readonly Name: string }[];
    }[];
  };
}

/** What the functions write, when everything happens to them that is measured. */
async function written(): Promise<readonly string[]> {
  const lines: Line[] = [];
  const clock = { now: () => "2026-11-24T08:00:00.000Z" };
  const meter = createMeter({ stage: "prod", clock, write: (line) => lines.push(JSON.parse(line)) });
  const record = recordOf({ receivedAt: "2026-11-24T07:59:58.000Z", problems: [problem("parserFailed")] });
  meter.mail({ record, published: ["a"] });
  meter.brokenRules();
  const after = suppressionOf();
  await meter.reports(async () => ({
    kind: "recorded",
    address: "",
    effect: { effect: "suppress", why: "" },
    before: undefined,
    after,
  }))(bounceOf({ trusted: true }));
  return lines.flatMap(({ _aws }) =>
    _aws.CloudWatchMetrics.flatMap(({ Namespace, Dimensions, Metrics }) =>
      Dimensions.flatMap((set) => Metrics.map(({ Name }) => metric(Namespace, Name, set))),
    ),
  );
}

/** What CloudWatch counts in the logs. */
function counted({ ofType }: PackagedStage): readonly string[] {
  return ofType("AWS::Logs::MetricFilter").flatMap(([, { Properties }]) =>
    (Properties["MetricTransformations"] as { MetricNamespace: string; MetricName: string }[]).map(
      ({ MetricNamespace, MetricName }) => metric(MetricNamespace, MetricName, []),
    ),
  );
}

function metric(namespace: string, name: string, dimensions: readonly string[]): string {
  return `${namespace} ${name} [${[...dimensions].sort()}]`;
}

describe.each(VARIANTS.map(({ name }) => packagedStage(name)))("the stage $variant.stage", (stage) => {
  test("every alarm watches a metric that is written", async () => {
    const known = [...OF_AWS, ...(await written()), ...counted(stage)];
    for (const [, { Properties }] of stage.ofType("AWS::CloudWatch::Alarm")) {
      const dimensions = (Properties["Dimensions"] ?? []) as { Name: string }[];
      const names = dimensions.map(({ Name }) => Name);
      expect(known).toContain(metric(String(Properties["Namespace"]), String(Properties["MetricName"]), names));
    }
  });

  test("every widget of the dashboard shows metrics that are written", async () => {
    const known = [...OF_AWS, ...(await written())];
    const { widgets } = JSON.parse(String(stage.properties("Dashboard")["DashboardBody"])) as {
      widgets: { properties: { metrics: unknown[][] } }[];
    };
    for (const [namespace, name, ...rest] of widgets.flatMap(({ properties }) => properties.metrics)) {
      if (typeof namespace !== "string") continue;
      const words = rest.filter((each) => typeof each === "string");
      const dimensions = words.filter((_, at) => at % 2 === 0);
      expect(known).toContain(metric(namespace, String(name), dimensions));
    }
  });

  test("what is counted in logs is what the functions log", () => {
    const sources = ["handler", "for-each-delivered"].map((file) => readFileSync(`shared/lambda/${file}.ts`, "utf8"));
    for (const [, { Properties }] of stage.ofType("AWS::Logs::MetricFilter")) {
      const event = /\$\.event = ("[^"]+")/.exec(String(Properties["FilterPattern"]))?.[1];
      expect(sources.some((source) => source.includes(`log.error(${event}`))).toBe(true);
    }
  });
});
