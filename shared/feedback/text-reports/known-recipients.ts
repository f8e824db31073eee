import type { Message } from "../../message/message.ts";
import { readReportedAddress } from "../report-address.ts";
import { fieldValue } from "../report-fields.ts";
import { MAX_LIST_LENGTH, MAX_REPORTED_RECIPIENTS } from "../report-limits.ts";
import { returnedHeader } from "../sent-mail.ts";

/** Who the rest of the mail says it is about, for what the text leaves open. */
export interface KnownRecipients {
  /** Exim and Gmail say it in a field of the report's header. */
  readonly failed: readonly string[];
  /** Who the returned mail was written to. */
  readonly writtenTo: readonly string[];
  /** Who gets the report, lower case: it was their mail, and answers of servers name them. */
  readonly own: ReadonlySet<string>;
}

export function knownRecipients(message: Message): KnownRecipients {
  const failed = message.rawHeaders.filter(({ name }) => name === "x-failed-recipients").map(({ value }) => value);
  const returned = returnedHeader(message);
  const to = addressesOf(fieldValue(returned, "to") ?? "");
  // RFC 5321 section 4.4: a server may name the recipient in its trace, and does where there is one.
  const traced = /\bfor <([^<>\s]{3,320})>/.exec(fieldValue(returned, "received") ?? "")?.[1] ?? "";
  return {
    failed: addressesOf(failed.join(",")),
    writtenTo: to.length > 0 ? to : addressesOf(traced),
    own: new Set(message.to.map(({ address }) => address.toLowerCase())),
  };
}

function addressesOf(list: string): readonly string[] {
  return list
    .slice(0, MAX_LIST_LENGTH)
    .split(",", MAX_REPORTED_RECIPIENTS)
    .flatMap((written) => readReportedAddress(written)?.address ?? []);
}

/**
 * The address that a report means by what it names: the one written to where that is a mailbox inside one machine (`Recipient address:
 * jane@ims-ms-daemon`, and below `Original address:`), the known one of that name where it is a local name.
 */
export function addressMeant(named: string, why: string, known: KnownRecipients): string | undefined {
  const address = readReportedAddress(named);
  if (address?.isPublic) return address.address;
  const original = /\boriginal address:\s{1,9}(\S{3,320})/i.exec(why)?.[1] ?? "";
  return readReportedAddress(original)?.address ?? address?.address ?? completed(named, known);
}

function completed(local: string, { failed, writtenTo }: KnownRecipients): string | undefined {
  if (local.includes("@")) return undefined;
  const wanted = `${local.toLowerCase()}@`;
  return [...failed, ...writtenTo].find((address) => address.toLowerCase().startsWith(wanted));
}
