import type { Complaint } from "../feedback/feedback.ts";
import type { Effect } from "./effect.ts";
import type { SuppressionPolicy } from "./policy.ts";
import { PROVIDER_COMPLAINTS } from "./provider-subtypes.ts";

/** By feedback type (RFC 5965 section 3.1): those that say nothing against writing to the recipient. */
const BY_FEEDBACK_TYPE: ReadonlyMap<string, Effect> = new Map<string, Effect>([
  [
    "not-spam",
    { effect: "lift", why: "It takes complaints back, because the recipient says that the mail is wanted." },
  ],
  [
    "virus",
    {
      effect: "none",
      why: "It does nothing, because a virus in our mail says nothing about the recipient.",
      told: "operators",
    },
  ],
  [
    "auth-failure",
    {
      effect: "none",
      why: "It does nothing, because mail in our name that fails authentication says nothing about the recipient.",
      told: "operators",
    },
  ],
]);

/** What a complaint does by itself (SES fact 2.4). Types that are new to us are complaints like any other. */
export function complaintEffect(complaint: Complaint, policy: SuppressionPolicy): Effect {
  const { complaintSubType, feedbackType, candidates } = complaint;
  if (complaintSubType !== null) return subtypeEffect(complaintSubType);
  const known = BY_FEEDBACK_TYPE.get(feedbackType?.toLowerCase() ?? "");
  if (known !== undefined) return known;
  if (candidates > 1 && policy.ambiguousComplaints > 1)
    return {
      effect: "suspect",
      why: `It makes a suspect, because the complaint names ${candidates} recipients and nobody knows who of them complained.`,
    };
  return { effect: "suppress", reason: "complaint", why: "It suppresses, because the recipient complained." };
}

function subtypeEffect(subtype: string): Effect {
  const provider = PROVIDER_COMPLAINTS.get(subtype.toLowerCase());
  if (provider !== undefined) return { effect: "suppress", ...provider };
  return {
    effect: "none",
    why: "It does nothing, because SES says that this is no common complaint, and its subtype is new to us.",
    told: "unknownSubtype",
  };
}
