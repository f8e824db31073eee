import type { AccountSuppressionList } from "../../shared/ports.ts";

/** SES allows few calls of this kind in a second. The SDK waits longer each time, and sends fewer after it was told so. */
const RETRY = { retryMode: "adaptive", maxAttempts: 8 } as const;

/** SES's account suppression list, with the credentials and (unless one is named) the region of the environment. It is to be closed. */
export async function openAccountList(
  region: string | undefined,
): Promise<{ readonly list: AccountSuppressionList } & Disposable> {
  const [{ SESv2Client }, { sesSuppressionList }] = await Promise.all([
    import("@aws-sdk/client-sesv2"),
    import("../../shared/aws/ses-suppression-list.ts"),
  ]);
  const client = new SESv2Client({ ...RETRY, ...(region !== undefined && { region }) });
  return { list: sesSuppressionList(client), [Symbol.dispose]: () => client.destroy() };
}
