import { isLike } from "./iam-pattern.ts";

/** Who asks for what, in the name of what: a call that SES makes for an account. */
export interface ServiceCall {
  readonly service: string;
  readonly action: string;
  readonly resource: string;
  readonly account: string;
  readonly sourceArn: string;
}

/**
 * What a resource's policy says to a call: `limited` allows it for our account and our source alone, `account` for any source of our account,
 * `open` for others as well; `closed` does not allow it, `denied` forbids it; `unclear`: it says something that is not read here.
 */
export type Verdict = "limited" | "account" | "open" | "closed" | "denied" | "unclear";

export interface Admission {
  readonly verdict: Verdict;
  /** Those of the statements that decide; `undefined`: a statement has none. */
  readonly sids: readonly (string | undefined)[];
}

/** A policy as JSON; what is not of the shape of a policy allows nothing. */
export type Policy = unknown;

type Mapping = Readonly<Record<string, unknown>>;

/** Reads as much of a resource's policy as is needed for a call by a service. */
export function admission(policy: Policy, call: ServiceCall): Admission {
  const statements = listOf(mappingOf(policy)["Statement"]).map(mappingOf);
  const judged = statements.map((statement) => ({ statement, verdict: judge(statement, call) }));
  const of = (effect: string, verdict: Verdict) =>
    judged.filter((each) => each.statement["Effect"] === effect && each.verdict === verdict);
  // Statements add up: one that is open to others makes the whole policy so, and none counts that is forbidden.
  const isAllowed = judged.some(({ statement, verdict }) => statement["Effect"] === "Allow" && verdict !== "closed");
  const deciding = [
    of("Deny", "denied"),
    isAllowed ? of("Deny", "unclear") : [],
    ...(["open", "account", "limited", "unclear"] as const).map((verdict) => of("Allow", verdict)),
  ].find((found) => found.length > 0);
  const sids = deciding?.map(({ statement: { Sid } }) => textsOf(Sid)[0]) ?? [];
  return { verdict: deciding?.[0]?.verdict ?? "closed", sids };
}

/** Whether a policy lets a call in, as far as can be told. */
export function isLetIn(policy: Policy, call: ServiceCall): boolean {
  const { verdict } = admission(policy, call);
  return verdict !== "closed" && verdict !== "denied";
}

/** What one statement says to a call; `closed`: it is not about it. */
function judge(statement: Mapping, call: ServiceCall): Verdict {
  const { Effect, Condition = {} } = statement;
  const scope = scopeOf(statement, call);
  const holds = doesHold(Condition, call);
  if (scope === "another" || holds === "no") return "closed";
  if (scope === "unclear" || holds === "unclear") return "unclear";
  if (Effect === "Deny") return "denied";
  // Another account, which nobody has: it is too long by a digit.
  const account = `${call.account}0`;
  const others = { ...call, account, sourceArn: call.sourceArn.replaceAll(call.account, account) };
  if (doesHold(Condition, others) === "yes") return "open";
  return doesHold(Condition, { ...call, sourceArn: `${call.sourceArn}-another` }) === "yes" ? "account" : "limited";
}

/** Whether a statement is about a call. Of who and what it is not about is not read here. */
function scopeOf(statement: Mapping, { service, action, resource }: ServiceCall): "this" | "another" | "unclear" {
  const { Effect, Principal, Action, Resource } = statement;
  const { AWS, Service } = mappingOf(Principal);
  const isEverybody = Principal === "*" || (Effect === "Deny" && listOf(AWS).includes("*"));
  const isLikeOne = (text: string, patterns: readonly string[]) => patterns.some((each) => isLike(text, each));
  const parts = {
    Principal: isEverybody || listOf(Service).includes(service),
    Action: isLikeOne(
      action.toLowerCase(),
      textsOf(Action).map((each) => each.toLowerCase()),
    ),
    Resource: isLikeOne(resource, textsOf(Resource)),
  };
  const unfit = Object.entries(parts).filter(([, fits]) => !fits);
  if (unfit.length === 0) return "this";
  return unfit.every(([part]) => statement[`Not${part}`] !== undefined) ? "unclear" : "another";
}

/** A policy may hold anything: what is an object stands for no text. */
function textsOf(value: unknown): readonly string[] {
  return listOf(value)
    .filter((each) => typeof each !== "object")
    .map(String);
}

const isSame = (value: string, wanted: string) => value === wanted;

const OPERATORS = new Map([
  ...["stringequals", "stringequalsignorecase", "bool"].map((name) => [name, isSame] as const),
  ...["stringlike", "arnlike", "arnequals"].map((name) => [name, isLike] as const),
]);

/** Whether a condition holds for a call; `unclear`: all that is read of it does. */
function doesHold(condition: unknown, { account, sourceArn }: ServiceCall): "yes" | "no" | "unclear" {
  const known = new Map([
    ["aws:sourceaccount", account],
    // The older form, which SES still sends (SES fact 5.6).
    ["aws:referer", account],
    ["aws:sourcearn", sourceArn],
    // SES calls over TLS.
    ["aws:securetransport", "true"],
  ]);
  if (!isMapping(condition) || !Object.values(condition).every(isMapping)) return "unclear";
  const answers = Object.entries(condition).flatMap(([operator, keys]) =>
    Object.entries(mappingOf(keys)).map(([key, allowed]) => {
      const fits = OPERATORS.get(operator.toLowerCase());
      const value = known.get(key.toLowerCase());
      if (fits === undefined || value === undefined) return "unclear";
      return textsOf(allowed).some((each) => fits(value, each)) ? "yes" : "no";
    }),
  );
  return answers.find((answer) => answer === "no") ?? answers.find((answer) => answer === "unclear") ?? "yes";
}

function listOf(value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

function mappingOf(value: unknown): Mapping {
  return isMapping(value) ? value : {};
}

function isMapping(value: unknown): value is Mapping {
  return typeof value === "object" && value !== null;
}
