import { reasonOf } from "../reason.ts";

/** What became of one mail. A failure is plain text, because it must be able to leave a worker. */
export type Attempt<Result> =
  | { readonly ok: true; readonly result: Result }
  | { readonly ok: false; readonly reason: string; readonly stack?: string | undefined };

/** Never rejects. */
export async function attempt<Result>(work: () => Promise<Result>): Promise<Attempt<Result>> {
  try {
    return { ok: true, result: await work() };
  } catch (error) {
    return { ok: false, reason: reasonOf(error), stack: error instanceof Error ? error.stack : undefined };
  }
}
