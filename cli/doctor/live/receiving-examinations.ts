import type { ReceiptRule } from "../../../shared/receipt/receipt-rule.ts";
import { copyIn, deployedRule, type Situation } from "../../rules-set/situation.ts";
import { checkDoor, type Door } from "../checks/admission.ts";
import { checkRule } from "../checks/rule.ts";
import { checkRuleSet } from "../checks/rule-set.ts";
import { checkRuntimes } from "../checks/runtimes.ts";
import { bucketDoor, functionDoor } from "../doors.ts";
import { type Examination, examination } from "../examine.ts";
import type { Found } from "../finding.ts";
import type { Policy } from "../policy.ts";
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
  return [
    examination("rule-set", RULE_SETS, situation, (found) => checkRuleSet(subject, found)),
    examination("rule", RULE_SETS, situation, (found) => checkOurRule(subject, found)),
    ...doorExaminations(subject, clients, () => ruleSetInForce(subject, situation)),
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
  ruleSet: () => Promise<string>,
): readonly Examination[] {
  const { MailBucket, ProcessMailFunction, ScreenMailFunction } = subject.deployment;
  const door = (
    check: string,
    needs: string,
    read: () => Promise<Policy>,
    make: (ruleSet: string) => Omit<Door, "policy">,
  ) => examination(check, needs, async () => ({ ...make(await ruleSet()), policy: await read() }), checkDoor);
  return [
    door(
      "bucket-policy",
      "s3:GetBucketPolicy",
      () => readBucketPolicy(clients.s3, MailBucket),
      (set) => bucketDoor(subject, set),
    ),
    ...[ProcessMailFunction, ScreenMailFunction].map((arn) =>
      door(
        "lambda-permission",
        "lambda:GetPolicy",
        () => readFunctionPolicy(clients.lambda, arn),
        (set) => functionDoor(subject, set, arn),
      ),
    ),
  ];
}

/** Our rule where SES goes by it, or, as long as it does not, as it was deployed. That there is none is told by `checkRuleSet`. */
function checkOurRule(subject: Subject, situation: Situation): readonly Found[] {
  const { deployment, deploy } = subject;
  const { active } = situation;
  const copy = active && copyIn(active, deployment);
  if (copy && active.name !== deployment.ReceiptRuleSet) {
    const merge = subject.command("rules-set merge --apply");
    return checkRule(copy, deployment, { switches: merge, actions: merge });
  }
  const rule = deployedRule(situation);
  // A deployment of the same template changes nothing: what was switched off by hand is switched on by hand.
  return rule === undefined ? [] : checkRule(rule, deployment, { switches: switchOn(subject, rule), actions: deploy });
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
  return aws(`ses update-receipt-rule --rule-set-name ${deployment.ReceiptRuleSet} --rule '${JSON.stringify(wanted)}'`);
}

/** In whose name SES calls: the set that has our rule, which may be another's. Where that cannot be told, it is our own. */
async function ruleSetInForce({ deployment }: Subject, situation: () => Promise<Situation>): Promise<string> {
  const active = await situation().then(
    (found) => found.active,
    () => undefined,
  );
  return active && copyIn(active, deployment) ? active.name : deployment.ReceiptRuleSet;
}
