import type { ReceiptRule } from "../../../shared/receipt/receipt-rule.ts";
import type { Deployment } from "../../deployment/outputs.ts";
import { copyIn, deployedRule, type Situation } from "../../rules-set/situation.ts";
import { checkDoor } from "../checks/admission.ts";
import { checkRule } from "../checks/rule.ts";
import { checkRuleSet } from "../checks/rule-set.ts";
import { checkRuntimes } from "../checks/runtimes.ts";
import { bucketDoor, functionDoor } from "../doors.ts";
import { type Examination, examination } from "../examine.ts";
import type { Found } from "../finding.ts";
import type { Subject } from "../subject.ts";
import type { Surroundings } from "./examinations.ts";
import { readBucketPolicy, readFunctionPolicy, readRuntime } from "./read-policies.ts";

const RULE_SETS = "ses:DescribeActiveReceiptRuleSet and ses:DescribeReceiptRuleSet";

/** Whether SES stores mail and calls our functions. */
export function receivingExaminations(
  subject: Subject,
  { clients, clock }: Surroundings,
  situation: () => Promise<Situation>,
): readonly Examination[] {
  const { ProcessMailFunction, ScreenMailFunction, RecordBounceFunction, RecordComplaintFunction } = subject.deployment;
  const all = [ProcessMailFunction, ScreenMailFunction, RecordBounceFunction, RecordComplaintFunction];
  const inForce = () =>
    situation().then(
      (found) => ruleInForce(found, subject.deployment),
      // That it cannot be looked at is told by the checks of the rule.
      () => ({ ruleSet: subject.deployment.ReceiptRuleSet, rule: undefined }),
    );
  return [
    examination("rule-set", RULE_SETS, situation, (found) => checkRuleSet(subject, found)),
    examination("rule", RULE_SETS, situation, (found) => checkOurRule(subject, found)),
    ...doorExaminations(subject, clients, inForce),
    examination(
      "runtime",
      "lambda:GetFunctionConfiguration",
      () => Promise.all(all.map((arn) => readRuntime(clients.lambda, arn))),
      (functions) => checkRuntimes(functions, clock.now(), subject.deploy),
    ),
  ];
}

function doorExaminations(
  subject: Subject,
  clients: Surroundings["clients"],
  inForce: () => Promise<RuleInForce>,
): readonly Examination[] {
  const { MailBucket, ProcessMailFunction, ScreenMailFunction } = subject.deployment;
  return [
    examination(
      "bucket-policy",
      "s3:GetBucketPolicy",
      async () => ({
        ...bucketDoor(subject, (await inForce()).ruleSet),
        policy: await readBucketPolicy(clients.s3, MailBucket),
      }),
      checkDoor,
    ),
    ...[ProcessMailFunction, ScreenMailFunction].map((arn) => ({
      check: "lambda-permission",
      needs: "lambda:GetPolicy",
      async examine() {
        const { ruleSet, rule } = await inForce();
        const isNeeded = arn === ProcessMailFunction || rule === undefined || isCalledBy(rule, arn);
        if (!isNeeded) return [];
        return checkDoor({
          ...functionDoor(subject, ruleSet, arn),
          policy: await readFunctionPolicy(clients.lambda, arn),
        });
      },
    })),
  ];
}

function isCalledBy({ actions }: ReceiptRule, arn: string): boolean {
  return actions.some(({ settings }) => settings["FunctionArn"] === arn);
}

/** That there is no rule is told by `checkRuleSet`. */
function checkOurRule(subject: Subject, situation: Situation): readonly Found[] {
  const { deployment, deploy } = subject;
  const { ruleSet, rule } = ruleInForce(situation, deployment);
  if (rule === undefined) return [];
  if (ruleSet !== deployment.ReceiptRuleSet) {
    const merge = subject.command("rules-set merge --apply");
    return checkRule(rule, deployment, { switches: merge, actions: merge });
  }
  // A deployment of the same template changes nothing: what was switched off by hand is switched on by hand.
  return checkRule(rule, deployment, { switches: switchOn(subject, rule), actions: deploy });
}

function switchOn({ aws, deployment }: Subject, rule: ReceiptRule): string {
  const { name, tlsPolicy, recipients, actions } = rule;
  const wanted = {
    Name: name,
    Enabled: true,
    TlsPolicy: tlsPolicy,
    ScanEnabled: true,
    Recipients: recipients,
    Actions: actions.map(({ type, settings }) => ({ [type]: settings })),
  };
  return aws(
    `ses update-receipt-rule --rule-set-name ${deployment.ReceiptRuleSet} --rule ${quoted(JSON.stringify(wanted))}`,
  );
}

/** As one word for a shell. */
function quoted(word: string): string {
  return `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

interface RuleInForce {
  /** In whose name SES calls: it may be another's. */
  readonly ruleSet: string;
  /** `undefined`: it is not there, or cannot be looked at. */
  readonly rule: ReceiptRule | undefined;
}

/** Our rule where SES goes by it, or, as long as it does not, as it was deployed. */
function ruleInForce(situation: Situation, deployment: Deployment): RuleInForce {
  const { active } = situation;
  const copy = active && copyIn(active, deployment);
  if (copy) return { ruleSet: active.name, rule: copy };
  return { ruleSet: deployment.ReceiptRuleSet, rule: deployedRule(situation) };
}
