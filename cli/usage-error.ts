import { reasonOf } from "./reason.ts";

/** Mailroom was called or configured in a way that cannot work; the message says what was expected. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** A `UsageError` for what a caller can put right although the system refused it; its own words are kept. */
export function usageError(what: string, cause: unknown): UsageError {
  return new UsageError(`${what}: ${reasonOf(cause)}`, { cause });
}
