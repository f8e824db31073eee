// What other programs import as "ses-mailroom": docs/library.md.
export { readVerp, type VerpAddress, verpAddress } from "../shared/feedback/verp.ts";
export { SUPPRESSION_REASONS, type SuppressionReason } from "../shared/suppression/suppression.ts";
export {
  createSuppressionList,
  type PartitionedRecipients,
  type SuppressedRecipient,
  type SuppressionList,
  type SuppressionListOptions,
} from "./suppression-list.ts";
