import { reasonOf } from "./output/reason.ts";

/** Mailroom was called or configured in a way that cannot work; the message says what was expected. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** The exit statuses that scripts depend on. */
export const EXIT = { done: 0, failed: 1, usage: 2, interrupted: 130 } as const;

/** Throws what a caller can put right as a `UsageError`; `reasonOf` gives the system's own words. */
export function usageError(what: string, cause: unknown): UsageError {
  return new UsageError(`${what}: ${reasonOf(cause)}`, { cause });
}
