import { VERDICT_NAMES } from "../receipt/receipt.ts";
import { isTextReason } from "../rules/reason.ts";
import { cutUnits, plainLine } from "../text/plain-line.ts";
import type { Alert } from "./alert.ts";
import { OPERATOR_FIELD } from "./compose-alert.ts";
import { gsm7Beginning } from "./gsm7.ts";
import { plainPunctuation } from "./plain-punctuation.ts";

/** One part of a short message: 140 bytes, so 160 septets, or 70 units of UCS-2 (3GPP TS 23.038, section 4). */
const MAX_SEPTETS = 160;
const MAX_UCS2_UNITS = 70;
/** That a text was cut, in three septets. */
const SIGN = "...";
/** More could not be sent anyway. */
const MAX_UNITS = 200;

/** An alert as one short message. More parts would cost more, and may arrive in any order or not at all. */
export function composeSms(alert: Alert): string {
  return fitOnePart(`[${alert.severity}] ${plainLine(alert.rule, MAX_UNITS)}${warned(alert)}: ${said(alert)}`);
}

/** The word that a person must see even if nothing else is read. */
function warned({ verdicts, warnings }: Alert): string {
  const failed = VERDICT_NAMES.filter((name) => verdicts[name] === "FAIL");
  if (failed.length > 0) return failed.map((name) => `, ${name} FAIL`).join("");
  return warnings.length > 0 ? ", unverified" : "";
}

/** What we say ourselves, in an alert to the operator; else what the mail says. */
function said({ because, subject, from }: Alert): string {
  const own = because.find(({ field }) => field === OPERATOR_FIELD);
  if (own && !isTextReason(own)) return plainLine(own.value, MAX_UNITS);
  const sender = from[0] ? ` (from ${plainLine(from[0].address, MAX_UNITS)})` : "";
  return `${plainLine(subject, MAX_UNITS) || "(no subject)"}${sender}`;
}

/** The text in the alphabet that holds most of it, cut to one part with a sign that it was. */
export function fitOnePart(text: string): string {
  const plain = plainPunctuation(text);
  if (gsm7Beginning(plain, plain.length * 2) !== plain) return cutUnits(text, MAX_UCS2_UNITS);
  if (gsm7Beginning(plain, MAX_SEPTETS) === plain) return plain;
  return `${gsm7Beginning(plain, MAX_SEPTETS - SIGN.length)}${SIGN}`;
}
