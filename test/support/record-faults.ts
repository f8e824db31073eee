import { isDeepStrictEqual } from "node:util";
import type { MailRecord } from "../../shared/inbound/record.ts";
import { mailRecordSchema } from "../../shared/inbound/record-schema.ts";
import { isTextReason } from "../../shared/rules/reason.ts";

/** What is wrong with a record: against its schema, which it may not go beyond, and in itself. */
export function recordFaults(record: MailRecord): readonly string[] {
  return [...schemaFaults(record), ...innerFaults(record)];
}

function schemaFaults(record: MailRecord): readonly string[] {
  const printed: unknown = JSON.parse(JSON.stringify(record));
  const { success, data, error } = mailRecordSchema.safeParse(printed);
  if (!success) return error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
  return isDeepStrictEqual(data, printed) ? [] : ["it has keys that its schema does not name"];
}

function innerFaults({ outcome, why, matches, actions, problems }: MailRecord): readonly string[] {
  const codes = problems.map(({ code }) => code);
  const ids = actions.map(({ id }) => id);
  const operator = actions.filter(({ rule }) => rule.startsWith("mailroom/")).length;
  const misplaced = matches
    .flatMap(({ because }) => because.filter(isTextReason))
    .filter(({ start, end, excerpt, excerptStart, excerptEnd }) => {
      const inOrder = 0 <= start && start <= end && 0 <= excerptStart && excerptStart <= excerptEnd;
      return !inOrder || excerptEnd > excerpt.length;
    });
  const faults = {
    "a problem is told twice": new Set(codes).size < codes.length,
    "two actions have one id": new Set(ids).size < ids.length,
    "the operator is told once of mail that was not read": outcome === "unparsable" && operator !== 1,
    "the operator is told of mail that was read":
      operator > (outcome === "quarantined" || outcome === "unparsable" ? 1 : 0),
    "no reason is given for not acting": (outcome === "ignored" || outcome === "quarantined") !== (why !== undefined),
    "a rule matched without a reason": matches.some(({ because }) => because.length === 0),
    "a reason points outside its text": misplaced.length > 0,
  };
  return Object.entries(faults).flatMap(([fault, is]) => (is ? [fault] : []));
}
