import type { TrustPolicy } from "../../feedback/trust-policy.ts";
import { DEFAULT_POLICY, type SuppressionPolicy } from "../policy.ts";

/** What `suppression.yml` says, over the defaults. */
export interface SuppressionFile {
  readonly policy: SuppressionPolicy;
  readonly trust: TrustPolicy;
}

/** Where there is no file. */
export const NO_SUPPRESSION_FILE: SuppressionFile = { policy: DEFAULT_POLICY, trust: { allow: [] } };
