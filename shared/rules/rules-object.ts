/** The key of the rules in a deployment's configuration bucket. */
export const RULES_KEY = "rules.yml";

/** Where that is, for a person. */
export function rulesUrl(bucket: string): string {
  return `s3://${bucket}/${RULES_KEY}`;
}
