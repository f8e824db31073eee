import { BOUNCE_TYPES } from "../../feedback/feedback.ts";
import { withNearest } from "../../text/nearest-word.ts";
import { got } from "../../yaml/schema/sentences.ts";
import { DEFAULT_POLICY } from "../policy.ts";

/** `bounceType/bounceSubType`, or `bounceType/*`. */
export const BOUNCE_KEY = new RegExp(`^(?:${BOUNCE_TYPES.join("|")})/(?:[A-Za-z]{1,64}|\\*)$`);

const SHAPE = /^([^/]*)\/(?:[A-Za-z]{1,64}|\*)$/;
const KNOWN = [...Object.keys(DEFAULT_POLICY.bounces), "Undetermined/Undetermined"];

/**
 * What is wrong with a key of `bounces`, in words; `undefined` for a good one.
 *
 * Subtypes that we do not know are good, as SES may add some; but one that differs from a known one by its case alone is a mistake.
 */
export function bounceKeyProblem(key: string): string | undefined {
  const type = SHAPE.exec(key)?.[1];
  if (type === undefined) return `expected bounces such as Transient/MailboxFull or Transient/*, got ${got(key)}`;
  if (!(BOUNCE_TYPES as readonly string[]).includes(type))
    return `unknown bounce type ${got(type)}${withNearest(type, BOUNCE_TYPES)}`;
  const meant = KNOWN.find((known) => known.toLowerCase() === key.toLowerCase());
  return meant === undefined || meant === key ? undefined : `unknown bounces ${got(key)}, did you mean "${meant}"?`;
}
