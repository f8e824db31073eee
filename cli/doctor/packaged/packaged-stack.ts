import * as z from "zod";
import { type Deployment, outputsSchema } from "../../deployment/outputs.ts";
import { type ResolvedResource, resolveTemplate, type StackPlace, type Template } from "../../deployment/template.ts";
import { UsageError, usageError } from "../../usage-error.ts";

/** What was packaged, as it would stand in an account. */
export interface PackagedStack {
  readonly deployment: Deployment;
  /** All resources of a type, with their properties as far as a check looks at them. */
  ofType<Properties>(type: string, schema: z.ZodType<Properties>): readonly PackagedResource<Properties>[];
}

export interface PackagedResource<Properties> {
  readonly logicalId: string;
  /** What `Ref` gives. */
  readonly id: string;
  readonly properties: Properties;
  readonly isRetained: boolean;
  readonly dependsOn: readonly string[];
}

/** An account and a stack that stand in for those that a template does not know. */
const NOBODYS: StackPlace = { account: "000000000000", stack: "mailroom", region: "eu-west-1" };

/**
 * Reads a packaged template.
 *
 * @param file its name, for the messages
 * @throws {UsageError} when it is no template of Mailroom
 */
export function readPackagedStack(json: string, file: string, region: string | undefined): PackagedStack {
  const { resources, outputs } = resolved(json, file, { ...NOBODYS, ...(region !== undefined && { region }) });
  const read = outputsSchema.safeParse(outputs);
  if (!read.success) {
    const wrong = [...new Set(read.error.issues.map(({ path }) => String(path[0])))].join(", ");
    throw new UsageError(
      `expected ${file} to be a template of this version of Mailroom; its outputs are not (${wrong}). Package it again: npm run package`,
    );
  }
  return {
    deployment: read.data,
    ofType: (type, schema) =>
      Object.entries(resources)
        .filter(([, { Type }]) => Type === type)
        .map(([logicalId, resource]) => packaged(logicalId, resource, schema)),
  };
}

function resolved(json: string, file: string, place: StackPlace) {
  try {
    const template: unknown = JSON.parse(json);
    if (!isTemplate(template)) throw new Error("it has no Resources");
    return resolveTemplate(template, place);
  } catch (cause) {
    throw usageError(`expected ${file} to be a CloudFormation template in JSON, as npm run package writes it`, cause);
  }
}

const templateSchema = z.looseObject({ Resources: z.record(z.string(), z.looseObject({ Type: z.string() })) });

function isTemplate(value: unknown): value is Template {
  return templateSchema.safeParse(value).success;
}

function packaged<Properties>(
  logicalId: string,
  { id, Properties, DeletionPolicy, DependsOn = [] }: ResolvedResource,
  schema: z.ZodType<Properties>,
): PackagedResource<Properties> {
  const read = schema.safeParse(Properties);
  if (!read.success) {
    const [issue] = read.error.issues;
    throw new Error(`${logicalId}.${issue?.path.join(".")} is not as expected: ${issue?.message}`);
  }
  return {
    logicalId,
    id,
    properties: read.data,
    isRetained: DeletionPolicy === "Retain" || DeletionPolicy === "RetainExceptOnCreate",
    dependsOn: [DependsOn].flat(),
  };
}
