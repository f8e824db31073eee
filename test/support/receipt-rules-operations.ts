import { MAX_RULES_IN_SET, type ReceiptRule } from "../../shared/receipt/receipt-rule.ts";
import { describedSet, readRule, SesRefusal } from "./receipt-rules-wire.ts";

/** What SES has. */
export interface ReceiptRulesState {
  /** Rules by the name of their set, in their order. */
  readonly sets: Map<string, readonly ReceiptRule[]>;
  active: string | undefined;
  /** Buckets that SES may not write to. */
  readonly closedBuckets: Set<string>;
}

/** Does what a request asks for, and gives what the answer says. */
type Operation = (state: ReceiptRulesState, form: URLSearchParams) => string;

/** By the name of the request. Each refuses what SES refuses (SES fact 1.5). */
export const OPERATIONS: ReadonlyMap<string, Operation> = new Map<string, Operation>([
  ["CreateReceiptRuleSet", createSet],
  ["DeleteReceiptRuleSet", deleteSet],
  ["DescribeReceiptRuleSet", describeSet],
  ["DescribeActiveReceiptRuleSet", describeActive],
  ["SetActiveReceiptRuleSet", setActive],
  ["CreateReceiptRule", createRule],
  ["UpdateReceiptRule", updateRule],
  ["SetReceiptRulePosition", setPosition],
  ["DeleteReceiptRule", deleteRule],
]);

const NOTHING = "";

function createSet({ sets }: ReceiptRulesState, form: URLSearchParams): string {
  const name = setOf(form);
  refuseName(name);
  if (sets.has(name)) throw new SesRefusal("AlreadyExists", `Rule set already exists: ${name}`);
  sets.set(name, []);
  return NOTHING;
}

function deleteSet({ sets, active }: ReceiptRulesState, form: URLSearchParams): string {
  const name = setOf(form);
  if (active === name) throw new SesRefusal("CannotDelete", `Cannot delete active rule set: ${name}`);
  sets.delete(name);
  return NOTHING;
}

function describeSet(state: ReceiptRulesState, form: URLSearchParams): string {
  return describedSet({ name: setOf(form), rules: rulesOf(state, setOf(form)) });
}

function describeActive(state: ReceiptRulesState): string {
  const { active } = state;
  return active === undefined ? NOTHING : describedSet({ name: active, rules: rulesOf(state, active) });
}

function setActive(state: ReceiptRulesState, form: URLSearchParams): string {
  const name = form.get("RuleSetName") ?? undefined;
  if (name !== undefined) rulesOf(state, name);
  state.active = name;
  return NOTHING;
}

function createRule(state: ReceiptRulesState, form: URLSearchParams): string {
  const rule = readRule(form);
  const rules = rulesOf(state, setOf(form));
  refuseName(rule.name);
  if (rules.some(({ name }) => name === rule.name))
    throw new SesRefusal("AlreadyExists", `Rule already exists: ${rule.name}`);
  if (rules.length >= MAX_RULES_IN_SET) throw new SesRefusal("LimitExceeded", `Too many rules: ${setOf(form)}`);
  tryActions(state, rule);
  return place(state, form, rule);
}

function updateRule(state: ReceiptRulesState, form: URLSearchParams): string {
  const rule = readRule(form);
  const rules = rulesOf(state, setOf(form));
  const at = indexOf(rules, rule.name);
  tryActions(state, rule);
  state.sets.set(setOf(form), rules.with(at, rule));
  return NOTHING;
}

function setPosition(state: ReceiptRulesState, form: URLSearchParams): string {
  const rules = rulesOf(state, setOf(form));
  const rule = rules[indexOf(rules, form.get("RuleName") ?? "")];
  return rule === undefined ? NOTHING : place(state, form, rule);
}

/** A rule that is not there is not refused: SES documents no error for it. */
function deleteRule(state: ReceiptRulesState, form: URLSearchParams): string {
  const left = rulesOf(state, setOf(form)).filter(({ name }) => name !== form.get("RuleName"));
  state.sets.set(setOf(form), left);
  return NOTHING;
}

/** Behind the rule that the request names, else before all others. */
function place(state: ReceiptRulesState, form: URLSearchParams, rule: ReceiptRule): string {
  const others = rulesOf(state, setOf(form)).filter(({ name }) => name !== rule.name);
  const after = form.get("After");
  const at = after === null ? 0 : indexOf(others, after) + 1;
  state.sets.set(setOf(form), others.toSpliced(at, 0, rule));
  return NOTHING;
}

function setOf(form: URLSearchParams): string {
  return form.get("RuleSetName") ?? "";
}

function rulesOf({ sets }: ReceiptRulesState, name: string): readonly ReceiptRule[] {
  const rules = sets.get(name);
  if (rules === undefined) throw new SesRefusal("RuleSetDoesNotExist", `Rule set does not exist: ${name}`);
  return rules;
}

function indexOf(rules: readonly ReceiptRule[], wanted: string): number {
  const at = rules.findIndex(({ name }) => name === wanted);
  if (at < 0) throw new SesRefusal("RuleDoesNotExist", `Rule does not exist: ${wanted}`);
  return at;
}

/** SES tries what the actions of a rule need as it gets the rule. */
function tryActions({ closedBuckets }: ReceiptRulesState, { actions }: ReceiptRule): void {
  for (const { settings } of actions) {
    const bucket = settings["BucketName"] ?? "";
    if (closedBuckets.has(bucket))
      throw new SesRefusal("InvalidS3Configuration", `Could not write to bucket: ${bucket}`);
  }
}

/** 1 to 64 characters, a letter or a digit at either end. */
const NAME = /^[A-Za-z0-9](?:[A-Za-z0-9_.-]{0,62}[A-Za-z0-9])?$/;

function refuseName(name: string): void {
  if (!NAME.test(name)) throw new SesRefusal("ValidationError", `The name failed to satisfy a constraint: ${name}`);
}
