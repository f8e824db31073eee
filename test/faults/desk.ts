import type * as fc from "fast-check";
import { SILENT_LOG } from "../../cli/silent-log.ts";
import type { MailEntry } from "../../shared/inbound/mail-entry.ts";
import { createProcessMail, type ProcessMailPorts } from "../../shared/inbound/process-mail.ts";
import { sendWhatWasMissed } from "../../shared/inbound/replay-mail.ts";
import type { MailLog, SuppressionTable } from "../../shared/ports.ts";
import type { Arrival } from "../../shared/receipt/arrival.ts";
import { compileRules } from "../../shared/rules/compile-rules.ts";
import { readRules } from "../../shared/rules/read-rules.ts";
import { DEFAULT_POLICY } from "../../shared/suppression/policy.ts";
import { createRecordFeedback } from "../../shared/suppression/record-feedback.ts";
import { memoryAlertTopic } from "../support/memory-alert-topic.ts";
import { memoryMailStore } from "../support/memory-mail-store.ts";
import { runsFrom } from "../support/runs.ts";
import { scheduled } from "../support/scheduled-ports.ts";
import type { Death } from "./killed.ts";
import { RULES, type Scenario } from "./scenarios.ts";

/** Where what a desk keeps is kept. */
export interface Keeping {
  readonly mailLog: MailLog;
  readonly suppressionTable: SuppressionTable;
}

export const LEASE_MS = 60_000;

const rules = compileRules(readRules(RULES, "rules.yml"));

interface RunOptions {
  readonly death: Death;
  /** Other runs are there, too. */
  readonly atOnce?: boolean;
  readonly scheduler?: fc.Scheduler;
}

/** One mail on its way: delivered by runs that may die, on ports that remember. */
export function createDesk(scenario: Scenario, id: string, keeping: Keeping) {
  const runs = runsFrom();
  const topic = memoryAlertTopic();
  const { published } = topic;
  const raw = scenario.stored(id);
  const store = memoryMailStore(raw === undefined ? {} : { [`raw/${id}`]: raw });

  /** What a run works on. */
  function portsOf({ death, atOnce = false, scheduler }: RunOptions): ProcessMailPorts {
    const mortal = <Port extends object>(name: string, port: Port): Port => {
      const dying = death.mortal(name, port);
      return scheduler === undefined ? dying : scheduled(name, dying, scheduler);
    };
    const table = mortal("suppressionTable", keeping.suppressionTable);
    return {
      ...runs,
      // Runs that are there at once leave each other the turn; the clock stands still, or the leases of the living would end.
      ...(atOnce && { sleep: () => new Promise((resolve) => setImmediate(resolve)) }),
      store: mortal("store", store),
      alerts: mortal("alerts", topic),
      mailLog: mortal("mailLog", keeping.mailLog),
      recordFeedback: createRecordFeedback({ table, clock: runs.clock, policy: DEFAULT_POLICY, log: SILENT_LOG }),
      log: SILENT_LOG,
      rules: async () => rules,
      trust: { allow: [] },
    };
  }

  /** Delivers one announcement to a run of its own. */
  async function deliver(arrival: Arrival, options: RunOptions): Promise<void> {
    await createProcessMail(portsOf(options))(arrival, { leaseMs: LEASE_MS });
  }

  /** Replays the mail as it lies in the store, as a person does who looks for what was missed. */
  async function replay(options: RunOptions): Promise<void> {
    const arrival = { sesMessageId: id, storageKey: `raw/${id}`, receipt: undefined, content: undefined };
    const { failure } = await sendWhatWasMissed(arrival, portsOf(options));
    if (failure !== undefined) throw failure;
  }

  return {
    deliver,
    replay,
    arrivals: scenario.arrivals(id),
    advance: runs.advance,
    entry: (): Promise<MailEntry | undefined> => keeping.mailLog.find(id),
    /** How often each rule's alert was published. */
    counts: (): Readonly<Record<string, number>> =>
      Object.fromEntries(
        scenario.alerts.map((rule) => [rule, published.filter((alert) => alert.rule === rule).length]),
      ),
    total: () => published.length,
    ids: () => published.map((alert) => alert.id),
    suppression: (address: string) => keeping.suppressionTable.get(address),
  };
}

export type Desk = ReturnType<typeof createDesk>;
