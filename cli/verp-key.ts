import { MIN_VERP_KEY_LENGTH } from "../shared/feedback/verp.ts";
import type { Environment } from "../shared/lambda/environment.ts";
import { UsageError } from "./usage-error.ts";

/**
 * The secret that our return paths are made with, from MAILROOM_VERP_KEY as in the functions; `undefined` where there is none.
 *
 * @throws {UsageError} when it is too short; it is not shown
 */
export function readVerpKey(env: Environment): string | undefined {
  const key = env["MAILROOM_VERP_KEY"];
  if (key !== undefined && key.length < MIN_VERP_KEY_LENGTH) {
    throw new UsageError(
      `MAILROOM_VERP_KEY: expected a secret of at least ${MIN_VERP_KEY_LENGTH} characters, got one of ${key.length}`,
    );
  }
  return key;
}
