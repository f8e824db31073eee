import { AsyncLocalStorage } from "node:async_hooks";
import type { Log, LogFields } from "../ports.ts";

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
 * Callers give ids, counts and codes only. As a second line of defence nothing that looks like an address gets
 * through, whoever hands it in: logs are kept longer than mails and read by more people.
 *
 * @param write takes one line, its line end included
 */
export function jsonLog(write: (line: string) => void): Log {
  const line =
    (level: string) =>
    (event: string, fields: LogFields = {}) => {
      const cleaned = Object.entries(fields).map(([name, value]) => [name, clean(value)] as const);
      const reserved = { level, event, requestId: requestIds.getStore() };
      write(`${JSON.stringify({ ...reserved, ...Object.fromEntries(cleaned), ...reserved })}\n`);
    };
  return { info: line("INFO"), warn: line("WARN"), error: line("ERROR") };
}

function clean(value: LogFields[string]): LogFields[string] {
  if (typeof value === "string") return withoutAddresses(value);
  return typeof value === "object" ? value.slice(0, MAX_LIST_LENGTH).map(withoutAddresses) : value;
}

function withoutAddresses(value: string): string {
  const short = value.length > MAX_VALUE_LENGTH ? `${value.slice(0, MAX_VALUE_LENGTH)}…` : value;
  if (!short.includes("@")) return short;
  return short
    .split(" ")
    .map((word) => (word.includes("@") ? "[address]" : word))
    .join(" ");
}
