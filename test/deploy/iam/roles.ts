import type { PackagedStage } from "../packaged-stage.ts";
import { type Grant, grantsOf, type Statement } from "./grants.ts";

/** A function of the template, and all that its role grants it. */
export interface Role {
  /** `process-mail` */
  readonly name: string;
  readonly grants: readonly Grant[];
  /** The environment that Lambda gives the function. */
  readonly variables: Readonly<Record<string, string>>;
}

interface Policies {
  readonly Policies: readonly { readonly PolicyDocument: { readonly Statement: readonly Statement[] } }[];
  readonly ManagedPolicyArns?: unknown;
}

/** @throws where a role has policies besides those that are written in the template */
export function rolesOf({ ofType, properties, variant }: PackagedStage): readonly Role[] {
  return ofType("AWS::Lambda::Function").map(([logicalId, { Properties }]) => {
    const arn = String(Properties["Role"]);
    const [roleId = ""] = ofType("AWS::IAM::Role").find(([, { id }]) => arn.endsWith(`:role/${id}`)) ?? [];
    const role = properties(roleId) as unknown as Policies;
    if (role.ManagedPolicyArns !== undefined) throw new Error(`${logicalId}: expected no managed policies`);
    const { Variables = {} } = (Properties["Environment"] ?? {}) as { Variables?: Role["variables"] };
    return {
      name: String(Properties["FunctionName"]).replace(`mailroom-${variant.stage}-`, ""),
      grants: role.Policies.flatMap(({ PolicyDocument }) => grantsOf(PolicyDocument.Statement)),
      variables: Variables,
    };
  });
}
