import { isDue } from "./act.ts";
import { claimMail } from "./claim-mail.ts";
import type { Evaluation } from "./decide.ts";
import { foundKey } from "./log-key.ts";
import type { MailRecord } from "./record.ts";
import { duplicate, type WorkPorts, workOnMail } from "./work-on-mail.ts";

/** What came of it: the record is true whatever failed. */
export interface Applied {
  readonly record: MailRecord;
  readonly failure?: unknown;
}

/** A run over stored mails acts within moments, and a person who stopped it may start it again at once. */
const LEASE_MS = 15_000;

/**
 * Acts on a mail that was found and evaluated, rather than announced. Never rejects.
 *
 * A mail whose effects were all done before is a `duplicate`, and its record stays as it was. When the rules have changed since, what they call
 * for now and was not done is done.
 */
export async function applyEvaluation(evaluation: Evaluation, ports: WorkPorts): Promise<Applied> {
  const { record } = evaluation;
  try {
    const claim = await claimMail(
      {
        key: foundKey(record),
        receipt: null,
        leaseMs: LEASE_MS,
        again: ({ done }) => isDue(evaluation, new Set(done)),
      },
      ports,
    );
    if ("settled" in claim) return { record: duplicate(record) };
    return await workOnMail(claim, () => ({ evaluation, receipt: null }), ports);
  } catch (failure) {
    return { record, failure };
  }
}
