import { AsyncLocalStorage } from "node:async_hooks";
import type { Log, LogFields } from "../ports.ts";
import { shownId } from "./shown-id.ts";

/** The request that the code runs for, so that each line names it however deep it was written. */
const requestIds = new AsyncLocalStorage<string | undefined>();

/** Runs `work`; every line that is logged in it carries the id of the Lambda request. */
export function withRequestId<Result>(requestId: string | undefined, work: () => Result): Result {
  return requestIds.run(requestId, work);
}

/** A longer value is cut: ids, codes and our own sentences are shorter, only content would be that long. */
const MAX_VALUE_LENGTH = 2000;
const MAX_LIST_LENGTH = 100;

/**
 * Structured log lines: one JSON object a line, as CloudWatch Logs Insights takes them apart.
 *
 * Callers give ids, counts and codes only. As a second line of defence no id that is none gets through, and nothing that
 * looks like an address, whoever hands it in: logs are kept longer than mails and read by more people.
 *
 * @param write takes one line, its line end included
 */
export function jsonLog(write: (line: string) => void): Log {
  const line =
    (level: string) =>
    (event: string, fields: LogFields = {}) => {
      const cleaned = Object.entries(fields).map(([name, value]) => [name, clean(name, value)] as const);
      const reserved = { level, event, requestId: requestIds.getStore() };
      write(`${JSON.stringify({ ...reserved, ...Object.fromEntries(cleaned), ...reserved })}\n`);
    };
  return { info: line("INFO"), warn: line("WARN"), error: line("ERROR") };
}

function clean(name: string, value: LogFields[string]): LogFields[string] {
  if (typeof value === "string") return withoutAddresses(IS_ID.test(name) ? shownId(value) : value);
  return typeof value === "object" ? value.slice(0, MAX_LIST_LENGTH).map(withoutAddresses) : value;
}

/** `id`, `sesMessageId`. */
const IS_ID = /^id$|Id$/;

/** An at sign, as it is, in its wide forms, or as keys, URLs, quoted-printable, HTML and JSON write it. */
const AT_SIGN = /[@\uff20\ufe6b]|[%=]40|&#0{0,5}64;|&#x0{0,5}40;|&commat;|\\u0040/i;

/**
 * A value with an address in it is left out as a whole: where the address ends, and the name that stands before it, cannot
 * be told.
 */
export function withoutAddresses(value: string): string {
  const short = value.length > MAX_VALUE_LENGTH ? `${value.slice(0, MAX_VALUE_LENGTH)}…` : value;
  return AT_SIGN.test(short) ? "[left out: it holds an address]" : short;
}
