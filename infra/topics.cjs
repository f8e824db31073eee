"use strict";

// The topics that alerts go to, one for each name in the stage's `topics`: YAML has no loop. osls takes each export by `${file(infra/topics.cjs):NAME}`.

/** `on-call` -> `OnCallAlertTopic`: logical ids have letters and digits alone. The plugin refuses names of which two would have the same. */
const logicalId = (name) => {
  const words = name.split(/[^A-Za-z0-9]+/).filter((word) => word !== "");
  return `${words.map((word) => word[0].toUpperCase() + word.slice(1)).join("")}AlertTopic`;
};

/** The stage's names. It is read before the plugin can check it. */
const topicsOf = async (resolveVariable) => {
  const topics = await resolveVariable("param:topics");
  if (!Array.isArray(topics)) throw new Error(`topics: expected a list of names, got ${JSON.stringify(topics)}`);
  return topics;
};

/** The topics' resources, their subscriptions, and who may publish. */
exports.resources = async ({ resolveVariable }) => {
  const topics = await topicsOf(resolveVariable);
  const [stage, alertEmail, operatorEmail] = await Promise.all(
    ["sls:stage", "param:alertEmail", "param:operatorEmail"].map(resolveVariable),
  );
  const emailOf = (name) => (name === "operator" ? operatorEmail : alertEmail);
  return {
    Resources: Object.assign(
      {},
      ...topics.map((name) => ({ [logicalId(name)]: topic(`mailroom-${stage}-alert-${name}`) })),
      ...topics.filter(emailOf).map((name) => ({ [`${logicalId(name)}Email`]: subscription(name, emailOf(name)) })),
      { OperatorAlertTopicPolicy: alarmsMayPublish(stage) },
    ),
  };
};

const topic = (name) => ({ Type: "AWS::SNS::Topic", Properties: { TopicName: name } });

const subscription = (name, address) => ({
  Type: "AWS::SNS::Subscription",
  Properties: { TopicArn: { Ref: logicalId(name) }, Protocol: "email", Endpoint: address },
});

/** The functions need no word here: their roles let them publish. A policy of ours replaces the one that a topic has by default. */
const alarmsMayPublish = (stage) => ({
  Type: "AWS::SNS::TopicPolicy",
  Properties: {
    Topics: [{ Ref: logicalId("operator") }],
    PolicyDocument: {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "AlarmsTellTheOperator",
          Effect: "Allow",
          Principal: { Service: "cloudwatch.amazonaws.com" },
          Action: "sns:Publish",
          Resource: { Ref: logicalId("operator") },
          Condition: {
            StringEquals: { "aws:SourceAccount": { Ref: "AWS::AccountId" } },
            ArnLike: {
              "aws:SourceArn": {
                "Fn::Sub": `arn:\${AWS::Partition}:cloudwatch:\${AWS::Region}:\${AWS::AccountId}:alarm:mailroom-${stage}-*`,
              },
            },
          },
        },
      ],
    },
  },
});

/** `name=arn,name=arn`, as MAILROOM_TOPICS has it. */
exports.byName = async ({ resolveVariable }) => {
  const topics = await topicsOf(resolveVariable);
  return { "Fn::Sub": topics.map((name) => `${name}=\${${logicalId(name)}}`).join(",") };
};

/** The ARNs of all, for the role that publishes to them. */
exports.arns = async ({ resolveVariable }) => {
  const topics = await topicsOf(resolveVariable);
  return topics.map((name) => ({ Ref: logicalId(name) }));
};
