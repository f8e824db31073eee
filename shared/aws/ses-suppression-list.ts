import {
  DeleteSuppressedDestinationCommand,
  NotFoundException,
  PutSuppressedDestinationCommand,
  paginateListSuppressedDestinations,
  type SESv2Client,
  type SuppressedDestinationSummary,
} from "@aws-sdk/client-sesv2";
import type { AccountEntry, AccountSuppressionList } from "../ports.ts";

/** Entries of one answer: the most that SES gives. */
const PAGE = 1_000;

/** SES's account suppression list (SES fact 3.2). Errors of the SDK, which tries again when SES throttles, pass through as they are. */
export function sesSuppressionList(client: SESv2Client): AccountSuppressionList {
  return {
    async *list() {
      for await (const page of paginateListSuppressedDestinations({ client, pageSize: PAGE }, {})) {
        yield* (page.SuppressedDestinationSummaries ?? []).flatMap(toEntry);
      }
    },

    async put(address, reason) {
      await client.send(new PutSuppressedDestinationCommand({ EmailAddress: address, Reason: reason }));
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

function toEntry({ EmailAddress, Reason, LastUpdateTime }: SuppressedDestinationSummary): readonly AccountEntry[] {
  if (EmailAddress === undefined || Reason === undefined || LastUpdateTime === undefined) return [];
  return [{ address: EmailAddress, reason: Reason, since: LastUpdateTime.toISOString() }];
}
