import type { Feedback } from "../feedback/feedback.ts";
import type { WeighedFeedback } from "./weigh.ts";

/**
 * When the mailbox last took a mail, in milliseconds; minus infinity for never.
 *
 * A server may take a mail and bounce it afterwards (SES fact 2.1: Delivery first and Bounce later). Such a delivery says nothing; otherwise no
 * number of bounces would ever count for the mailboxes behind such a server.
 */
export function lastDelivery(feedback: readonly WeighedFeedback[]): number {
  const firstBounce = new Map<string | null, number>();
  for (const { item, time } of feedback.toReversed())
    if (saysServer(item.feedback)) firstBounce.set(item.feedback.mail.messageId, time);
  firstBounce.delete(null);
  const delivery = feedback.findLast(({ item: { feedback: report }, time }) => {
    return report.kind === "delivery" && (firstBounce.get(report.mail.messageId) ?? time) <= time;
  });
  return delivery?.time ?? Number.NEGATIVE_INFINITY;
}

/**
 * What SES calls a soft bounce may be the automatic reply of somebody on holiday (SES fact 2.3.1), who has the mail. A server that bounces says what
 * is wrong.
 */
function saysServer(report: Feedback): boolean {
  return report.kind === "bounce" && (report.status !== null || report.diagnosticCode !== null);
}
