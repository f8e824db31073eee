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
    if (item.feedback.kind === "bounce") firstBounce.set(item.feedback.mail.messageId, time);
  firstBounce.delete(null);
  const delivery = feedback.findLast(({ item: { feedback: report }, time }) => {
    return report.kind === "delivery" && (firstBounce.get(report.mail.messageId) ?? time) <= time;
  });
  return delivery?.time ?? Number.NEGATIVE_INFINITY;
}
