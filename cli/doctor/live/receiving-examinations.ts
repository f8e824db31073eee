import { assess } from "../../rules-set/assess.ts";
import { copyIn, deployedRule, type Situation } from "../../rules-set/situation.ts";
import { checkDoor, type Door } from "../checks/admission.ts";
import { checkRule } from "../checks/rule.ts";
import { checkRuleSet } from "../checks/rule-set.ts";
import { checkRuntimes } from "../checks/runtimes.ts";
import { bucketDoor, functionDoor } from "../doors.ts";
import { type Examination, examination } from "../examine.ts";
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
  const { deployment, deploy } = subject;
  const { MailBucket, ProcessMailFunction, ScreenMailFunction, RecordBounceFunction, RecordComplaintFunction } =
    deployment;
  const all = [ProcessMailFunction, ScreenMailFunction, RecordBounceFunction, RecordComplaintFunction];
  const door = (
    check: string,
    needs: string,
    read: () => Promise<Policy>,
    make: (ruleSet: string) => Omit<Door, "policy">,
  ) =>
    examination(
      check,
      needs,
      async () => ({ ...make(await ruleSetInForce(subject, situation)), policy: await read() }),
      checkDoor,
    );
  return [
    examination("rule-set", RULE_SETS, situation, (found) => checkRuleSet(subject, found, assess(found))),
    examination("rule", RULE_SETS, situation, (found) => {
      const copy = found.active && copyIn(found.active, deployment);
      const rule = copy ?? deployedRule(found);
      // That there is none is told by the check before.
      return rule === undefined
        ? []
        : checkRule(rule, deployment, copy ? subject.command("rules-set merge --apply") : deploy);
    }),
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
    examination(
      "runtime",
      "lambda:GetFunctionConfiguration",
      () => Promise.all(all.map((arn) => readRuntime(clients.lambda, arn))),
      (functions) => checkRuntimes(functions, clock.now(), deploy),
    ),
  ];
}

/** In whose name SES calls: the set that has our rule, which may be another's. Where that cannot be told, it is our own. */
async function ruleSetInForce({ deployment }: Subject, situation: () => Promise<Situation>): Promise<string> {
  const active = await situation().then(
    (found) => found.active,
    () => undefined,
  );
  return active && copyIn(active, deployment) ? active.name : deployment.ReceiptRuleSet;
}
