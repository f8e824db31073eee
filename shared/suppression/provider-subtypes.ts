import type { SuppressionReason } from "./suppression.ts";

/** What SES's lists suppress for. */
export const PROVIDER_REASONS: readonly SuppressionReason[] = [
  "accountList",
  "tenantList",
  "globalList",
  "emailValidation",
];

/** A subtype by which SES says that it did not even try, because of something it knew before. */
export interface ProviderSubtype {
  readonly reason: SuppressionReason;
  readonly why: string;
}

const ACCOUNT: ProviderSubtype = {
  reason: "accountList",
  why: "It suppresses, because the address is on SES's suppression list of the account; nothing was sent.",
};
const TENANT: ProviderSubtype = {
  reason: "tenantList",
  why: "It suppresses, because the address is on SES's suppression list of the tenant; nothing was sent.",
};

/** By the subtype in lower case (SES facts 2.3.1 and 2.4). */
export const PROVIDER_BOUNCES: ReadonlyMap<string, ProviderSubtype> = new Map<string, ProviderSubtype>([
  [
    "suppressed",
    {
      reason: "globalList",
      why: "It suppresses, because the address is on SES's global suppression list, after bounces to anybody; nothing was sent.",
    },
  ],
  ["onaccountsuppressionlist", ACCOUNT],
  ["ontenantsuppressionlist", TENANT],
  [
    "emailvalidationsuppressed",
    {
      reason: "emailValidation",
      why: "It suppresses, because SES judged that the address does not work; nothing was sent to prove it.",
    },
  ],
]);

/** Not new complaints: SES did not send, because of an earlier one. */
export const PROVIDER_COMPLAINTS: ReadonlyMap<string, ProviderSubtype> = new Map([
  ["onaccountsuppressionlist", ACCOUNT],
  ["ontenantsuppressionlist", TENANT],
]);
