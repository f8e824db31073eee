import { expect, test } from "vitest";
import { colours } from "../../../cli/output/colours.ts";
import { feedbackBlock, printedEvent } from "../../../cli/output/feedback-block.ts";
import { printedFeedback } from "../../../shared/feedback/printed-feedback.ts";
import type { Suppression } from "../../../shared/suppression/suppression.ts";
import { complaintOf } from "../../support/feedback.ts";

const event = printedEvent("a.json", printedFeedback(complaintOf({ recipient: "angry@isp.example" })), {
  effect: "suspect",
  why: "It makes a suspect.",
});

const state: Suppression = {
  address: "angry@isp.example",
  spelling: "angry@isp.example",
  reason: "mailboxFull",
  since: "2026-11-22T15:03:11.000Z",
  expiresAt: null,
  suspect: false,
  probation: false,
  counts: { permanent: 0, transient: 0, undetermined: 0, complaints: 0 },
  version: 1,
};

test.each([
  { after: undefined, line: undefined },
  { after: { state: undefined, isSuppressed: false }, line: "may be written to" },
  { after: { state, isSuppressed: true }, line: "suppressed (mailboxFull) since 2026-11-22T15:03:11.000Z" },
  {
    after: { state: { ...state, expiresAt: "2027-02-20T15:03:11.000Z" }, isSuppressed: true },
    line: "suppressed (mailboxFull) since 2026-11-22T15:03:11.000Z until 2027-02-20T15:03:11.000Z",
  },
  {
    after: { state: { ...state, expiresAt: "2026-11-23T15:03:11.000Z" }, isSuppressed: false },
    line: "may be written to",
  },
  {
    after: { state: { ...state, reason: null, since: null, suspect: true }, isSuppressed: false },
    line: "may be written to; one of those who may have complained",
  },
])("afterwards the address: $line", ({ after, line }) => {
  expect(feedbackBlock(event, after, colours(false)).split("\n")).toEqual([
    "a.json",
    "  Report    complaint from angry@isp.example: abuse",
    "  Effect    suspect. It makes a suspect.",
    ...(line === undefined ? [] : [`  Address   ${line}`]),
    "",
    "",
  ]);
});
