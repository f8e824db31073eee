import {
  BadRequestException,
  DeleteSuppressedDestinationCommand,
  NotFoundException,
  PutSuppressedDestinationCommand,
  paginateListSuppressedDestinations,
  type SESv2Client,
  type SuppressedDestinationSummary,
} from "@aws-sdk/client-sesv2";
import { AccountListError } from "../errors.ts";
import type { AccountEntry, AccountSuppressionList } from "../ports.ts";

/** Entries of one answer: the most that SES gives. */
const PAGE = 1_000;

/**
 * SES's account suppression list (SES fact 3.2). Addresses are handed on and given as they are spelt: SES tells them apart by their case.
 *
 * Errors of the SDK, which tries again when SES throttles, pass through as they are, but for the one that SES gives to accounts in the sandbox.
 */
export function sesSuppressionList(client: SESv2Client): AccountSuppressionList {
  return {
    async *list() {
      for await (const page of paginateListSuppressedDestinations({ client, pageSize: PAGE }, {})) {
        yield* (page.SuppressedDestinationSummaries ?? []).flatMap(toEntry);
      }
    },

    async put(address, reason) {
      try {
        await client.send(new PutSuppressedDestinationCommand({ EmailAddress: address, Reason: reason }));
      } catch (error) {
        throw error instanceof BadRequestException ? new AccountListError(error.message, { cause: error }) : error;
      }
    },

    async remove(address) {
      try {
        await client.send(new DeleteSuppressedDestinationCommand({ EmailAddress: address }));
      } catch (error) {
        if (!(error instanceof NotFoundException)) throw error;
      }
    },
  };
}

/** What is neither is taken for a bounce, and what has no time for old: to leave it out would be to say that SES does not list it. */
function toEntry(summary: SuppressedDestinationSummary): readonly AccountEntry[] {
  const { EmailAddress: address, Reason, LastUpdateTime = new Date(0) } = summary;
  if (address === undefined) return [];
  return [{ address, reason: Reason === "COMPLAINT" ? Reason : "BOUNCE", since: LastUpdateTime.toISOString() }];
}
