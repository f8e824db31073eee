import type { AccountSuppressionList } from "../../shared/ports.ts";
import { isInForce } from "../../shared/suppression/in-force.ts";
import type { SyncStep } from "../../shared/suppression/plan-sync.ts";
import type { SuppressionPolicy } from "../../shared/suppression/policy.ts";
import { systemClock } from "../../shared/system-clock.ts";
import { type ChangeOptions, changesOf, whoOf } from "./change.ts";
import type { OpenTable } from "./open-table.ts";

/** What steps do. */
export interface SyncEffects extends Pick<OpenTable, "together" | "atOnce"> {
  /**
   * @returns why it was left, where something stands against it
   * @throws when it cannot be done
   */
  take(step: SyncStep): Promise<string | undefined>;
}

/** SES's calls that wait at once. */
const SES_AT_ONCE = 4;

/** Steps change the table, as what a person did, or SES's list. */
export function createSyncEffects(
  open: OpenTable,
  list: AccountSuppressionList,
  policy: SuppressionPolicy,
  options: ChangeOptions & { readonly from?: "ses"; readonly reason?: string },
): SyncEffects {
  const change = changesOf(open, policy);
  const who = whoOf(options);
  const why = (step: SyncStep) => options.reason ?? `sync: ${step.why}`;

  async function take(step: SyncStep): Promise<string | undefined> {
    switch (step.do) {
      case "import": {
        const { address, spelling, reason, since } = step;
        // SES's entries do not end.
        const outcome = await change.import({ address, spelling, reason, since, expiresAt: null, who, why: why(step) });
        const isSuppressed = outcome.kind !== "noAddress" && isInForce(outcome.after, systemClock.now());
        return isSuppressed ? undefined : "a newer not-spam report took the complaint back";
      }
      case "lift":
        await change.remove({ address: step.address, who, why: why(step) });
        return undefined;
      case "put":
        await list.put(step.spelling, step.reason);
        return undefined;
      case "remove":
        for (const spelling of step.spellings) await list.remove(spelling);
        return undefined;
      case "leave":
        return step.why;
    }
  }

  if (options.from === undefined) return { take, atOnce: SES_AT_ONCE, together: (work) => work() };
  return { take, atOnce: open.atOnce, together: open.together };
}
