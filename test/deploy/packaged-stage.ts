import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type ResolvedResource, resolveTemplate, type Template } from "../../cli/deployment/template.ts";
import { VARIANTS, type Variant, variantFolder } from "./variants.ts";

export const ACCOUNT = "444455556666";

/** A stage as it was packaged, resolved as CloudFormation would. */
export interface PackagedStage {
  readonly variant: Variant;
  readonly template: Template;
  readonly resources: Readonly<Record<string, ResolvedResource>>;
  readonly outputs: Readonly<Record<string, unknown>>;
  /** The properties of a resource, for a test to look into. */
  properties(logicalId: string): Properties;
  ofType(type: string): readonly (readonly [logicalId: string, resource: ResolvedResource])[];
}

/** The shapes are CloudFormation's, which cfn-lint checks. */
type Properties = Readonly<Record<string, unknown>>;

export function packagedStage(name: Variant["name"]): PackagedStage {
  const variant = VARIANTS.find((each) => each.name === name);
  if (variant === undefined) throw new Error(`expected a variant, got ${name}`);
  const file = join(variantFolder(name), "cloudformation-template-update-stack.json");
  const template = JSON.parse(readFileSync(file, "utf8")) as Template;
  const place = { region: variant.region, account: ACCOUNT, stack: `mailroom-${variant.stage}` };
  const { resources, outputs } = resolveTemplate(template, place);
  return {
    variant,
    template,
    resources,
    outputs,
    properties(logicalId) {
      const found = resources[logicalId];
      if (found === undefined) throw new Error(`expected a resource of the template, got ${logicalId}`);
      return found.Properties;
    },
    ofType: (type) => Object.entries(resources).filter(([, resource]) => resource.Type === type),
  };
}
