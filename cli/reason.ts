import { getSystemErrorMessage } from "node:util";

/** Why something failed, in words for a person: the system's own where it was the system that refused, never a stack. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // Also what Node throws when no address of a host answers, with no message of its own.
  if (error instanceof AggregateError) return [...new Set(error.errors.map(reasonOf))].join("; ");
  const { errno } = error as NodeJS.ErrnoException;
  return (typeof errno === "number" && errno < 0 && getSystemErrorMessage(errno)) || error.message;
}
