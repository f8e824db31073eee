/** Who asks for what, in the name of what: a call that SES makes for an account. */
export interface ServiceCall {
  readonly service: string;
  readonly action: string;
  readonly resource: string;
  readonly account: string;
  readonly sourceArn: string;
}

/**
 * What a resource's policy says to a call: `limited` allows it for our account and our source alone; `open` allows it, and others' as well;
 * `closed` does not allow it.
 */
export type Admission = "limited" | "open" | "closed";

/** A policy as JSON; what is not of the shape of a policy allows nothing. */
export type Policy = unknown;

type Mapping = Readonly<Record<string, unknown>>;

/** Reads as much of a resource's policy as is needed for a call by a service. A `Deny` counts when it has no condition. */
export function admission(policy: Policy, call: ServiceCall): Admission {
  const statements = listOf(mappingOf(policy)["Statement"]).map(mappingOf);
  const fitting = statements.filter((statement) => isAbout(statement, call));
  if (fitting.some(({ Effect, Condition }) => Effect === "Deny" && Condition === undefined)) return "closed";
  const admissions = fitting
    .filter(({ Effect }) => Effect === "Allow")
    .map(({ Condition }) => admissionOf(mappingOf(Condition), call));
  // Statements add up: one that is open to others makes the whole policy so.
  if (admissions.includes("open")) return "open";
  return admissions.includes("limited") ? "limited" : "closed";
}

function isAbout({ Principal, Action, Resource }: Mapping, { service, action, resource }: ServiceCall): boolean {
  const isPrincipal = Principal === "*" || listOf(mappingOf(Principal)["Service"]).includes(service);
  const isAction = listOf(Action).some((pattern) => isLike(action.toLowerCase(), String(pattern).toLowerCase()));
  return isPrincipal && isAction && listOf(Resource).some((pattern) => isLike(resource, String(pattern)));
}

const LIKE = new Set(["stringlike", "arnlike", "arnequals"]);
const SAME = new Set(["stringequals", "stringequalsignorecase"]);

/** Conditions all have to hold. One that is not known here, such as on TLS, is taken to hold, and to limit nothing. */
function admissionOf(condition: Mapping, { account, sourceArn }: ServiceCall): Admission {
  const known: Readonly<Record<string, string>> = {
    "aws:sourceaccount": account,
    // The older form, which SES still sends (SES fact 5.6).
    "aws:referer": account,
    "aws:sourcearn": sourceArn,
  };
  const limits = new Set<string>();
  for (const [operator, keys] of Object.entries(condition))
    for (const [key, allowed] of Object.entries(mappingOf(keys))) {
      const value = known[key.toLowerCase()];
      const isOperator = LIKE.has(operator.toLowerCase()) || SAME.has(operator.toLowerCase());
      if (value === undefined || !isOperator) continue;
      const fits = (pattern: unknown) =>
        SAME.has(operator.toLowerCase()) ? value === String(pattern) : isLike(value, String(pattern));
      if (!listOf(allowed).some(fits)) return "closed";
      limits.add(key.toLowerCase());
    }
  const isLimited = limits.has("aws:sourcearn") && (limits.has("aws:sourceaccount") || limits.has("aws:referer"));
  return isLimited ? "limited" : "open";
}

/** Whether a text fits a pattern of IAM, where `*` is any text and `?` any character. */
function isLike(text: string, pattern: string): boolean {
  const parts = pattern.split("*").map((part) => part.replaceAll(/[.+^${}()|[\]\\]/g, "\\$&").replaceAll("?", "."));
  return new RegExp(`^${parts.join("[^]*?")}$`, "u").test(text);
}

function listOf(value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

function mappingOf(value: unknown): Mapping {
  return typeof value === "object" && value !== null ? (value as Mapping) : {};
}
