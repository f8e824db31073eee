import { withNearest } from "../../text/nearest-word.ts";
import type { Finding } from "../../yaml/schema/finding.ts";
import { got } from "../../yaml/schema/sentences.ts";
import type { RulesFile } from "../rules-file.ts";

/**
 * Checks that there is a topic for every rule that is enabled. Found out at the first mail that such a rule matches, it would hold back the alerts of
 * all other rules that match that mail.
 *
 * @param topics the short names that are configured
 */
export function checkTopics({ rules }: RulesFile, topics: readonly string[]): readonly Finding[] {
  return rules.flatMap(({ enabled, alert: { topic } }, index) =>
    !enabled || topics.includes(topic)
      ? []
      : [
          {
            path: ["rules", index, "alert", "topic"],
            message: `no topic is named ${got(topic)}${withNearest(topic, topics)}`,
          },
        ],
  );
}
