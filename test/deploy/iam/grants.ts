import type { AwsCall } from "./aws-call.ts";

/** A statement of a role, resolved. */
export interface Statement {
  readonly Sid: string;
  readonly Effect: "Allow" | "Deny";
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** One action on one resource that a statement allows. */
export interface Grant {
  readonly sid: string;
  readonly action: string;
  readonly resource: string;
  readonly condition: Statement["Condition"];
}

/** @throws for what roles of ours do not say: a denial, or all but something */
export function grantsOf(statements: readonly Statement[]): Grant[] {
  return statements.flatMap(({ Sid, Effect, Action, Resource, Condition, ...more }) => {
    if (Effect !== "Allow" || Object.keys(more).length > 0) throw new Error(`${Sid}: expected a plain Allow`);
    return each(Action).flatMap((action) =>
      each(Resource).map((resource) => ({ sid: Sid, action, resource, condition: Condition })),
    );
  });
}

function each(value: string | readonly string[]): readonly string[] {
  return typeof value === "string" ? [value] : value;
}

/** Whether a grant allows a call, as IAM decides it: `*` stands for any text, `?` for one character. */
export function allows({ action, resource, condition = {} }: Grant, call: AwsCall): boolean {
  return (
    action === call.action &&
    (call.resource === "*" || like(resource, call.resource)) &&
    Object.entries(condition).every(([operator, asked]) =>
      Object.entries(asked).every(([key, wanted]) => holds(operator, wanted, call.context[key])),
    )
  );
}

function holds(operator: string, wanted: string, got: string | undefined): boolean {
  if (operator === "StringEquals") return got === wanted;
  if (operator === "StringLike") return got !== undefined && like(wanted, got);
  throw new Error(`expected a condition that the functions' roles use, got ${operator}`);
}

function like(pattern: string, text: string): boolean {
  const expression = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${expression}$`, "s").test(text);
}
