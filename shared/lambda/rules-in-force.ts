import { lazy } from "../lazy.ts";
import type { RulesSource } from "../ports.ts";
import { rulesUrl } from "../rules/rules-object.ts";
import { type CurrentRulesPorts, createCurrentRules } from "./current-rules.ts";
import { readDeployedRules } from "./rules.ts";

/** Where a function's rules are. */
export interface RulesConfig {
  /** The packed rules. Absolute. */
  readonly rulesFile: string;
  /** The configuration bucket, where the rules are read from it. */
  readonly rulesBucket: string | undefined;
  /** Where alerts can go, by short name, where the function knows it. */
  readonly topics: Readonly<Record<string, string>> | undefined;
}

export interface RulesPorts<Ready> extends Omit<CurrentRulesPorts<Ready>, "source" | "url" | "bundled" | "check"> {
  /** Called once, and only where rules are read from a bucket. */
  readonly openSource: (bucket: string) => Promise<RulesSource>;
}

/**
 * Gives the rules that are in force whenever it is asked: those beside the function, or those of the configuration bucket.
 *
 * YAML and the schema are loaded only when there is a file of the bucket to be read.
 *
 * @throws {ConfigurationError} when the packed rules cannot be used
 */
export function rulesInForce<Ready>(config: RulesConfig, ports: RulesPorts<Ready>): () => Promise<Ready> {
  const { rulesFile, rulesBucket: bucket, topics } = config;
  const bundled = readDeployedRules(rulesFile, topics);
  if (bucket === undefined) return always(ports.prepare(bundled));
  const url = rulesUrl(bucket);
  const open = lazy(() => ports.openSource(bucket));
  return createCurrentRules({
    ...ports,
    bundled,
    url,
    source: {
      read: async (known) => (await open()).read(known),
      earlier: async function* () {
        yield* (await open()).earlier();
      },
    },
    check: async (text) => {
      const { readRules } = await import("../rules/read-rules.ts");
      return readRules(text, url, topics && Object.keys(topics));
    },
  });
}

function always<Value>(value: Value): () => Promise<Value> {
  return async () => value;
}
