/**
 * Whether a receipt rule with these conditions takes a mail to this envelope recipient (SES fact 1.6). No condition at all takes every one.
 *
 * Letter case is ignored on both sides: SES does not say what it does, and mail of another spelling is better taken than missed.
 */
export function matchesConditions(conditions: readonly string[], recipient: string): boolean {
  const address = partsOf(recipient);
  return conditions.length === 0 || conditions.some((condition) => matches(condition, address));
}

/** Whether one mail to one recipient can be taken by rules with these conditions and with those. */
export function canShareRecipient(these: readonly string[], those: readonly string[]): boolean {
  if (these.length === 0 || those.length === 0) return true;
  const common = (recipient: string) => matchesConditions(these, recipient) && matchesConditions(those, recipient);
  return [...these, ...those].map(recipientOfThisAlone).some(common);
}

/** Whether a rule with these conditions takes every mail that the one condition takes. */
export function coverCondition(conditions: readonly string[], condition: string): boolean {
  return matchesConditions(conditions, recipientOfThisAlone(condition));
}

interface Address {
  /** Without its label. */
  readonly user: string;
  /** What stands behind the first plus sign. */
  readonly label: string | undefined;
  readonly domain: string;
}

function partsOf(written: string): Address {
  const address = written.toLowerCase();
  const at = address.lastIndexOf("@");
  const local = address.slice(0, Math.max(at, 0));
  const plus = local.indexOf("+");
  return {
    user: plus < 0 ? local : local.slice(0, plus),
    label: plus < 0 ? undefined : local.slice(plus + 1),
    domain: address.slice(at + 1),
  };
}

function matches(condition: string, { user, label, domain }: Address): boolean {
  const wanted = partsOf(condition);
  if (condition.startsWith(".")) return domain.endsWith(wanted.domain);
  if (domain !== wanted.domain) return false;
  if (!condition.includes("@")) return true;
  return user === wanted.user && (wanted.label === undefined || label === wanted.label);
}

/**
 * A recipient that a condition takes, and no narrower condition does: of two conditions, either one takes all that the other takes, or they have
 * nothing in common. The blanks are what no condition of SES can hold.
 */
function recipientOfThisAlone(condition: string): string {
  if (condition.startsWith(".")) return `any user@any subdomain${condition}`;
  return condition.includes("@") ? condition : `any user@${condition}`;
}
