import type { ReceiptRuleSets } from "../../shared/ports.ts";
import type { Deployment } from "../deployment/outputs.ts";
import { type KeptBefore, NOTHING_KEPT, s3KeptBefore } from "./before.ts";
import type { Own } from "./situation.ts";

/** SES takes one call of each kind in a second (SES fact 1.3). The SDK waits longer each time, and sends fewer after it was told so. */
const RETRY = { retryMode: "adaptive", maxAttempts: 10 } as const;

/** The deployment's things among all that SES has. */
export type Deployed = Own & { readonly [Name in "Region" | "ConfigBucket"]?: Deployment[Name] | undefined };

/** What the commands work on. It is to be closed. */
export interface Place extends Disposable {
  readonly own: Own;
  readonly sets: ReceiptRuleSets;
  readonly kept: KeptBefore;
}

/** Opens it in the region of the deployment, else that of the environment, with the credentials of the environment. */
export async function openPlace(deployed: Deployed): Promise<Place> {
  const [{ SESClient }, { S3Client }, { sesReceiptRuleSets }] = await Promise.all([
    import("@aws-sdk/client-ses"),
    import("@aws-sdk/client-s3"),
    import("../../shared/aws/ses-receipt-rule-sets.ts"),
  ]);
  const { Region, ConfigBucket } = deployed;
  const where = Region === undefined ? {} : { region: Region };
  const ses = new SESClient({ ...where, ...RETRY });
  const s3 = new S3Client(where);
  return {
    own: deployed,
    sets: sesReceiptRuleSets(ses),
    kept: ConfigBucket === undefined ? NOTHING_KEPT : s3KeptBefore(s3, ConfigBucket),
    [Symbol.dispose]() {
      ses.destroy();
      s3.destroy();
    },
  };
}
