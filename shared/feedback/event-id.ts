import { createHash } from "node:crypto";

/** What SES gives as an id. It becomes part of a key, which DynamoDB holds to 1,024 bytes. */
const ID = /^[!-~]{1,200}$/;

/**
 * The id of a report: the one that SES gave it, or one made of what it says.
 *
 * SES gives every bounce and complaint an id. Where it is missing all the same, two different reports must not become one, nor one that
 * is delivered twice become two: what the report says is the same each time it comes.
 *
 * @param id of SES; for what has none, built of parts that name the report
 * @param said the checked report: its keys come in the order of the schema, so the order in the event does not matter
 */
export function reportId(id: string | null, said: unknown): string {
  if (id !== null && ID.test(id)) return id;
  return `sha256-${createHash("sha256").update(JSON.stringify(said)).digest("hex").slice(0, 40)}`;
}
