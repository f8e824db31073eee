import { expect, test } from "vitest";
import { reportLine } from "../../../cli/output/report-line.ts";
import { printedFeedback } from "../../../shared/feedback/printed-feedback.ts";
import { bounceOf, complaintOf, delayOf, deliveryOf } from "../../support/feedback.ts";

test.each([
  [bounceOf(), "bounce of gone@partner.example: Permanent/General, 5.1.1, userUnknown"],
  [
    bounceOf({ bounceType: "Undetermined", bounceSubType: "Undetermined", status: null, reason: "undefined" }),
    "bounce of gone@partner.example: Undetermined/Undetermined, undefined",
  ],
  [complaintOf(), "complaint from gone@partner.example: abuse"],
  [complaintOf({ feedbackType: null }), "complaint from gone@partner.example"],
  [delayOf({ status: "4.2.2" }), "delay to gone@partner.example: 4.2.2, mailboxFull"],
  [deliveryOf(), "delivery to gone@partner.example"],
  [complaintOf({ recipient: "a\u001b[31m@b.example", feedbackType: null }), "complaint from a [31m@b.example"],
])("$1", (feedback, line) => {
  expect(reportLine(printedFeedback(feedback))).toBe(line);
});
