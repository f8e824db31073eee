import type * as fc from "fast-check";
import type { SuppressionTable } from "../../shared/ports.ts";

/** The same table, whose calls are begun and answered in whatever order the scheduler likes. */
export function mixed(table: SuppressionTable, scheduler: fc.Scheduler): SuppressionTable {
  const turn = () => scheduler.schedule(Promise.resolve());
  const late =
    <Given extends unknown[], Answer>(call: (...given: Given) => Promise<Answer>) =>
    async (...given: Given): Promise<Answer> => {
      await turn();
      const answer = await call(...given);
      await turn();
      return answer;
    };
  return {
    get: late(table.get),
    addEvidence: late(table.addEvidence),
    evidence: late(table.evidence),
    put: late(table.put),
    list: table.list,
    removeEvidence: late(table.removeEvidence),
    removeState: late(table.removeState),
    salt: late(table.salt),
    keepSalt: late(table.keepSalt),
  };
}
