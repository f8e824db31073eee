import { attributeOf, nameProperty, refOf } from "./physical-names.ts";

/** A CloudFormation template, as far as it is read here. */
export interface Template {
  readonly Parameters?: Readonly<Record<string, { readonly Default?: unknown }>>;
  readonly Conditions?: Readonly<Record<string, unknown>>;
  readonly Resources: Readonly<Record<string, TemplateResource>>;
  readonly Outputs?: Readonly<Record<string, { readonly Value: unknown; readonly Condition?: string }>>;
}

interface TemplateResource {
  readonly Type: string;
  readonly Condition?: string;
  readonly DependsOn?: string | readonly string[];
  readonly DeletionPolicy?: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
}

/** A resource with all its references resolved. */
export interface ResolvedResource extends TemplateResource {
  /** What `Ref` gives. */
  readonly id: string;
  readonly Properties: Readonly<Record<string, unknown>>;
}

export interface ResolvedTemplate {
  /** By logical id; those whose condition does not hold are left out. */
  readonly resources: Readonly<Record<string, ResolvedResource>>;
  readonly outputs: Readonly<Record<string, unknown>>;
}

/** Where the stack would be. */
export interface StackPlace {
  readonly region: string;
  readonly account: string;
  readonly stack: string;
}

/** What `AWS::NoValue` leaves behind until it is taken out of what it stands in. */
const NO_VALUE = Symbol("AWS::NoValue");

/**
 * Resolves a template as CloudFormation would, with the defaults of its parameters: what a stack of it is, without an account. A name that
 * CloudFormation would make up is `stack-LogicalId`.
 *
 * @throws for a reference to what is not there, and for functions that no template of ours uses
 */
export function resolveTemplate(template: Template, place: StackPlace): ResolvedTemplate {
  const { Parameters = {}, Conditions = {}, Resources, Outputs = {} } = template;

  const pseudo: Readonly<Record<string, unknown>> = {
    "AWS::Region": place.region,
    "AWS::AccountId": place.account,
    "AWS::StackName": place.stack,
    "AWS::Partition": "aws",
    "AWS::URLSuffix": "amazonaws.com",
    "AWS::NoValue": NO_VALUE,
  };

  function resource(logicalId: string): TemplateResource {
    const found = Resources[logicalId];
    if (found === undefined) throw new Error(`expected a resource or parameter of the template, got ${logicalId}`);
    return found;
  }

  function nameOf(logicalId: string): string {
    const { Type, Properties = {} } = resource(logicalId);
    if (Type === "AWS::SES::ReceiptRule") return String(resolve((Properties["Rule"] as Mapping)["Name"]));
    const property = nameProperty(Type);
    const literal = property === undefined ? undefined : Properties[property];
    if (literal !== undefined) return String(resolve(literal));
    const made = `${place.stack}-${logicalId}`;
    return Type === "AWS::S3::Bucket" ? made.toLowerCase() : made;
  }

  function ref(name: string): unknown {
    if (name in pseudo) return pseudo[name];
    if (name in Parameters) return Parameters[name]?.Default;
    return refOf(resource(name).Type, nameOf(name), place);
  }

  function attribute(logicalId: string, name: string): string {
    return attributeOf(resource(logicalId).Type, nameOf(logicalId), name, place);
  }

  function substitute(text: string, variables: Mapping): string {
    return text.replaceAll(/\$\{(!?)([^}]+)\}/g, (_, literal: string, name: string) => {
      if (literal !== "") return `\${${name}}`;
      if (name in variables) return String(resolve(variables[name]));
      const [logicalId = "", ...path] = name.split(".");
      return String(path.length === 0 ? ref(name) : attribute(logicalId, path.join(".")));
    });
  }

  function holds(name: string): boolean {
    if (!(name in Conditions)) throw new Error(`expected a condition of the template, got ${name}`);
    return resolve(Conditions[name]) === true;
  }

  const functions: Readonly<Record<string, (value: never) => unknown>> = {
    Ref: (name: string) => ref(name),
    Condition: (name: string) => holds(name),
    "Fn::GetAtt": ([logicalId, name]: readonly [string, string]) => attribute(logicalId, name),
    "Fn::Sub": (value: string | readonly [string, Mapping]) =>
      typeof value === "string" ? substitute(value, {}) : substitute(...value),
    "Fn::Join": ([separator, values]: readonly [string, unknown]) => (resolve(values) as unknown[]).join(separator),
    "Fn::If": ([condition, yes, no]: readonly [string, unknown, unknown]) => resolve(holds(condition) ? yes : no),
    "Fn::Equals": ([one, other]: readonly [unknown, unknown]) => String(resolve(one)) === String(resolve(other)),
    "Fn::Not": ([condition]: readonly [unknown]) => resolve(condition) !== true,
    "Fn::And": (conditions: readonly unknown[]) => conditions.every((condition) => resolve(condition) === true),
    "Fn::Or": (conditions: readonly unknown[]) => conditions.some((condition) => resolve(condition) === true),
  };

  function resolve(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(resolve).filter((item) => item !== NO_VALUE);
    if (!isMapping(value)) return value;
    const [first, ...more] = Object.entries(value);
    if (first !== undefined && more.length === 0) {
      const [name, argument] = first;
      // A policy's `Condition` is a mapping; a reference to a condition is a name.
      const isCall = name in functions && (name !== "Condition" || typeof argument === "string");
      if (isCall) return functions[name]?.(argument as never);
      if (name.startsWith("Fn::")) throw new Error(`expected a function that is resolved here, got ${name}`);
    }
    const resolved = Object.entries(value).map(([key, inner]) => [key, resolve(inner)] as const);
    return Object.fromEntries(resolved.filter(([, inner]) => inner !== NO_VALUE));
  }

  const isMade = ({ Condition }: { readonly Condition?: string }) => Condition === undefined || holds(Condition);
  const made = Object.entries(Resources).filter(([, each]) => isMade(each));
  return {
    resources: Object.fromEntries(
      made.map(([logicalId, each]) => [
        logicalId,
        { ...each, id: String(ref(logicalId)), Properties: resolve(each.Properties ?? {}) as Mapping },
      ]),
    ),
    outputs: Object.fromEntries(
      Object.entries(Outputs)
        .filter(([, output]) => isMade(output))
        .map(([name, { Value }]) => [name, resolve(Value)]),
    ),
  };
}

type Mapping = Readonly<Record<string, unknown>>;

function isMapping(value: unknown): value is Mapping {
  return typeof value === "object" && value !== null;
}
