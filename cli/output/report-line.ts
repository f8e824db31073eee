import type { PrintedFeedback } from "../../shared/feedback/printed-feedback.ts";
import { printable } from "./printable.ts";

const KINDS: Readonly<Record<PrintedFeedback["kind"], string>> = {
  bounce: "bounce of",
  complaint: "complaint from",
  delay: "delay to",
  delivery: "delivery to",
};

/** One report about one of our mails on one line: what happened to whom, and why. */
export function reportLine(feedback: PrintedFeedback): string {
  const { kind, recipient, bounceType, bounceSubType, status, reason, feedbackType } = feedback;
  const type = bounceType === null ? null : `${bounceType}/${bounceSubType}`;
  const details = [type, status, reason, feedbackType].filter((detail) => detail !== null).join(", ");
  return printable(`${KINDS[kind]} ${recipient}${details === "" ? "" : `: ${details}`}`);
}
