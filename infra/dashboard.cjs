"use strict";

// The dashboard, as the JSON text that CloudWatch takes: widgets of six columns by six rows, four beside each other.

const WIDTH = 6;
const HEIGHT = 6;

module.exports = async ({ resolveVariable }) => {
  const stage = await resolveVariable("sls:stage");
  const widgets = panels(stage).map(({ title, metrics, stat = "Sum" }, place) => ({
    type: "metric",
    x: (place * WIDTH) % 24,
    y: Math.floor((place * WIDTH) / 24) * HEIGHT,
    width: WIDTH,
    height: HEIGHT,
    properties: { title, metrics, stat, period: 300, region: "${AWS::Region}", view: "timeSeries" },
  }));
  return { "Fn::Sub": JSON.stringify({ widgets }) };
};

const FUNCTIONS = ["process-mail", "screen-mail", "record-bounce", "record-complaint"];
const FEEDBACK = ["bounce", "complaint"];

function panels(stage) {
  const name = (part) => `mailroom-${stage}-${part}`;
  const ours = (metric, ...more) => ["Mailroom", metric, "Stage", stage, ...more];
  const ofEachFunction = (metric) => FUNCTIONS.map((each) => ["AWS/Lambda", metric, "FunctionName", name(each)]);
  const ofQueues = (metric, ...queues) => queues.map((each) => ["AWS/SQS", metric, "QueueName", name(each)]);
  const byCode = `SEARCH('{Mailroom,Stage,Code} Stage="${stage}" MetricName="Problems"', 'Sum', 300)`;
  const failed = ["unprocessed-mail", "bounces-dead", "complaints-dead"];
  return [
    {
      title: "Mails",
      metrics: ["Mails", "Matched", "Duplicates", "Quarantined", "Unparsable"].map((each) => ours(each)),
    },
    { title: "Alerts", metrics: [ours("Alerts")] },
    {
      title: "From arrival to alert, ms",
      metrics: ["p50", "p95", "Maximum"].map((stat) => ours("ReceiptToAlert", { stat, label: stat })),
    },
    { title: "Problems by code", metrics: [[{ expression: byCode, id: "problems" }]] },
    { title: "Feedback", metrics: FEEDBACK.map((kind) => ours("Feedback", "Kind", kind, { label: kind })) },
    { title: "Suppressed", metrics: [ours("Suppressed")] },
    {
      title: "Bounce and complaint rate of the account",
      stat: "Maximum",
      metrics: ["Reputation.BounceRate", "Reputation.ComplaintRate"].map((rate) => ["AWS/SES", rate]),
    },
    {
      title: "Events that failed",
      stat: "Maximum",
      metrics: ofQueues("ApproximateNumberOfMessagesVisible", ...failed),
    },
    {
      title: "Waiting feedback, s",
      stat: "Maximum",
      metrics: ofQueues("ApproximateAgeOfOldestMessage", "bounces", "complaints"),
    },
    { title: "Errors", metrics: ofEachFunction("Errors") },
    { title: "Throttles", metrics: ofEachFunction("Throttles") },
    { title: "Duration, ms (p95)", stat: "p95", metrics: ofEachFunction("Duration") },
  ];
}
