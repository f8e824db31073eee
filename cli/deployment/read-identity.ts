import { GetIdentityVerificationAttributesCommand, type SESClient } from "@aws-sdk/client-ses";
import { GetEmailIdentityCommand, type GetEmailIdentityCommandOutput, type SESv2Client } from "@aws-sdk/client-sesv2";

/** Keys that SES makes and keeps. */
export interface EasyDkim {
  readonly tokens: readonly string[];
  /** Where SES publishes them. */
  readonly hostedZone: string;
}

/** Unless SES names another (SES fact 5.2). */
const USUAL_DKIM_ZONE = "dkim.amazonses.com";

/** A domain as SES knows it (SES facts 5.1 and 5.2). */
export interface DomainIdentity {
  readonly isVerified: boolean;
  /** `PENDING`, `SUCCESS`, …, or a word that SES will have later. */
  readonly verificationStatus: string;
  readonly dkim: {
    readonly isSigning: boolean;
    readonly status: string;
    /** `undefined`: SES made none, because the identity brings a key of its own, or DKIM was never begun. */
    readonly easy: EasyDkim | undefined;
    /** Where the identity's own key stands; `undefined`: it brings none. */
    readonly ownSelector: string | undefined;
  };
  /** `undefined`: it has none. */
  readonly mailFrom:
    | { readonly domain: string; readonly status: string; readonly rejectsWithoutIt: boolean }
    | undefined;
  readonly configurationSet: string | undefined;
}

/** `undefined`: SES does not know the domain. */
export async function readIdentity(client: SESv2Client, domain: string): Promise<DomainIdentity | undefined> {
  try {
    return toIdentity(await client.send(new GetEmailIdentityCommand({ EmailIdentity: domain })));
  } catch (error) {
    if (error instanceof Error && error.name === "NotFoundException") return undefined;
    throw error;
  }
}

function toIdentity(output: GetEmailIdentityCommandOutput): DomainIdentity {
  const { VerifiedForSendingStatus, VerificationStatus, DkimAttributes, MailFromAttributes } = output;
  const { SigningEnabled, Status, SigningAttributesOrigin, Tokens = [], SigningHostedZone } = DkimAttributes ?? {};
  const isOwnKey = SigningAttributesOrigin === "EXTERNAL";
  const { MailFromDomain, MailFromDomainStatus, BehaviorOnMxFailure } = MailFromAttributes ?? {};
  return {
    isVerified: VerifiedForSendingStatus ?? false,
    verificationStatus: VerificationStatus ?? UNTOLD,
    dkim: {
      isSigning: SigningEnabled ?? false,
      status: Status ?? UNTOLD,
      easy:
        isOwnKey || Tokens.length === 0
          ? undefined
          : { tokens: Tokens, hostedZone: SigningHostedZone ?? USUAL_DKIM_ZONE },
      // SES gives the selector in place of tokens.
      ownSelector: isOwnKey ? (Tokens[0] ?? "SELECTOR") : undefined,
    },
    mailFrom: MailFromDomain
      ? {
          domain: MailFromDomain,
          status: MailFromDomainStatus ?? UNTOLD,
          rejectsWithoutIt: BehaviorOnMxFailure === "REJECT_MESSAGE",
        }
      : undefined,
    configurationSet: output.ConfigurationSetName,
  };
}

const UNTOLD = "not told";

/** The token of the classic verification, which SES gives for domains. */
export async function readVerificationToken(client: SESClient, domain: string): Promise<string | undefined> {
  const { VerificationAttributes } = await client.send(
    new GetIdentityVerificationAttributesCommand({ Identities: [domain] }),
  );
  return VerificationAttributes?.[domain]?.VerificationToken;
}
