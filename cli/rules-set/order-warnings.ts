import type { ReceiptRule } from "../../shared/receipt/receipt-rule.ts";
import { canShareRecipient } from "../../shared/receipt/recipient-conditions.ts";

/**
 * What the order of a set's rules takes from ours, or ours from others. SES runs every rule that takes a mail, one after the other, so that only a
 * rule that ends the set takes mail from those behind it.
 *
 * @param own the name of our rule
 */
export function orderWarnings(rules: readonly ReceiptRule[], own: string): readonly string[] {
  const at = rules.findIndex(({ name }) => name === own);
  const ours = rules[at];
  if (ours === undefined) return [];
  const isConcerned = ({ enabled, recipients }: ReceiptRule) =>
    enabled && canShareRecipient(recipients, ours.recipients);
  const later = rules.slice(at + 1).filter(isConcerned);
  return [
    ...rules
      .slice(0, at)
      .filter(isConcerned)
      .flatMap((rule) => takenFromOurs(rule, own)),
    ...(later.length > 0 ? takenByOurs(ours, later) : []),
  ];
}

/** How a rule can keep a mail from the rules behind it: by an action of its own, or by what its function answers (SES fact 1.7). */
function endsSet({ actions }: ReceiptRule): "always" | "perhaps" | "never" {
  if (actions.some(({ type }) => type === "StopAction")) return "always";
  return actions.some(({ settings }) => settings["InvocationType"] === "RequestResponse") ? "perhaps" : "never";
}

function takenFromOurs(rule: ReceiptRule, own: string): readonly string[] {
  const ends = endsSet(rule);
  if (ends === "never") return [];
  const how = ends === "always" ? "ends the rule set" : "may end the rule set by what its function answers";
  return [`${rule.name} comes before ${own} and ${how}: mail that both take then does not come to Mailroom`];
}

function takenByOurs(ours: ReceiptRule, later: readonly ReceiptRule[]): readonly string[] {
  if (endsSet(ours) === "never") return [];
  const names = later.map(({ name }) => name).join(", ");
  return [
    `${ours.name} may end the rule set by what its function answers: mail that it stops does not come to ${names}`,
  ];
}
