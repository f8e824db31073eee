import type { ServerResponse } from "node:http";
import { xmlText } from "./fake-server.ts";
import { entryBytes, SNS_MAX_BYTES, type SnsEntry } from "./sns-limits.ts";

export type BatchEntry = { readonly id: string; readonly entry: SnsEntry };

export class SnsError extends Error {
  override readonly name = "SnsError";
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** The batch as SNS takes it, or the error with which it refuses the whole call. */
export function readBatch(form: URLSearchParams): readonly BatchEntry[] {
  const entries = numbered(form, "PublishBatchRequestEntries.member").map((at) => ({
    id: form.get(`${at}.Id`) ?? "",
    entry: readEntry(form, `${at}.`),
  }));
  refuseBatch(entries);
  return entries;
}

function refuseBatch(entries: readonly BatchEntry[]): void {
  const ids = entries.map(({ id }) => id);
  const bytes = entries.reduce((sum, { entry }) => sum + entryBytes(entry), 0);
  if (entries.length === 0)
    throw new SnsError(400, "EmptyBatchRequest", "The batch request doesn't contain any entries.");
  if (entries.length > 10)
    throw new SnsError(
      400,
      "TooManyEntriesInBatchRequest",
      "The batch request contains more entries than permissible.",
    );
  if (new Set(ids).size < ids.length)
    throw new SnsError(400, "BatchEntryIdsNotDistinct", "Two or more batch entries have the same Id.");
  if (!ids.every((id) => /^[A-Za-z0-9_-]{1,80}$/.test(id)))
    throw new SnsError(400, "InvalidBatchEntryId", "The Id of a batch entry is wrong.");
  if (bytes > SNS_MAX_BYTES)
    throw new SnsError(
      400,
      "BatchRequestTooLong",
      "The length of all the batch messages put together is more than the limit.",
    );
}

/** The fields of one message; `at` is what stands before their names in the form. */
export function readEntry(form: URLSearchParams, at: string): SnsEntry {
  const text = (name: string) => form.get(`${at}${name}`) ?? undefined;
  const attributes = numbered(form, `${at}MessageAttributes.entry`).map((entry) => [
    form.get(`${entry}.Name`) ?? "",
    { type: form.get(`${entry}.Value.DataType`) ?? "", value: form.get(`${entry}.Value.StringValue`) ?? "" },
  ]);
  return {
    message: text("Message") ?? "",
    subject: text("Subject"),
    messageStructure: text("MessageStructure"),
    attributes: Object.fromEntries(attributes),
    groupId: text("MessageGroupId"),
    deduplicationId: text("MessageDeduplicationId"),
  };
}

/** `prefix.1`, `prefix.2`, … as long as the form has fields under them. */
function numbered(form: URLSearchParams, prefix: string): string[] {
  const numbers = [...form.keys()]
    .filter((key) => key.startsWith(`${prefix}.`))
    .map((key) => Number(key.slice(prefix.length + 1).split(".")[0]));
  return [...new Set(numbers)].sort((a, b) => a - b).map((number) => `${prefix}.${number}`);
}

export function sendXml(response: ServerResponse, status: number, xml: string): void {
  response.writeHead(status, { "content-type": "text/xml" }).end(xml);
}

export function sendSnsError(response: ServerResponse, { status, code, message }: SnsError): void {
  const type = status < 500 ? "Sender" : "Receiver";
  const detail = `<Type>${type}</Type><Code>${code}</Code><Message>${xmlText(message)}</Message>`;
  sendXml(response, status, `<ErrorResponse><Error>${detail}</Error><RequestId>r</RequestId></ErrorResponse>`);
}
