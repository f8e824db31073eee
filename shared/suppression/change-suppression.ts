import { createHash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { canonicalAddress } from "./canonical-address.ts";
import { effectiveTime } from "./effective-time.ts";
import { findForgotten, isForGood, liftForgotten, longer } from "./forgotten.ts";
import { lastRemoval } from "./last-removal.ts";
import { readJudged, type Settled, type SuppressionPorts, settle } from "./settle.ts";
import type { Evidence, PersonEvidence, SuppressionReason } from "./suppression.ts";

/** Who did it, as they call themselves, and why, in their words. */
interface Act {
  readonly address: string;
  readonly who: string;
  readonly why: string;
}

/**
 * `noAddress`: what was given is no address, and nothing was kept of it. `forgotten`: the address was forgotten and is suppressed for good, so that
 * nothing was kept either.
 */
type ChangeOutcome =
  | ({ readonly kind: "recorded" | "forgotten"; readonly address: string } & Settled)
  | { readonly kind: "noAddress" };

/** What persons do. Times are ISO 8601 in UTC with milliseconds. */
export interface ChangeSuppression {
  /** Suppresses an address for the reason `manual`, until `expiresAt` or as long as the policy says. */
  add(act: Act & { readonly expiresAt?: string | null | undefined }): Promise<ChangeOutcome>;
  /** Lifts what suppresses an address, forgotten or not: all evidence so far is void. The next permanent bounce suppresses at once. */
  remove(act: Act): Promise<ChangeOutcome>;
  /** Takes over a suppression from elsewhere as it is there. The same again changes nothing. */
  import(
    act: Act & {
      readonly spelling?: string | undefined;
      readonly reason: SuppressionReason;
      readonly since: string;
      readonly expiresAt: string | null;
    },
  ): Promise<ChangeOutcome>;
}

/** Changes by persons are evidence like everything else, so that they can be explained and are in order with reports. */
export function createChangeSuppression(ports: SuppressionPorts): ChangeSuppression {
  return {
    add: ({ expiresAt, ...act }) =>
      record({ act: "add", ...act }, ports, (since) =>
        expiresAt === undefined ? null : { reason: "manual", since, expiresAt },
      ),
    remove: (act) => record({ act: "remove", ...act }, ports, () => null),
    import: ({ reason, since, expiresAt, ...act }) =>
      record({ act: "import", ...act }, ports, () => ({ reason, since, expiresAt })),
  };
}

type Entry = PersonEvidence["entry"];

async function record(
  done: Act & { readonly act: PersonEvidence["act"]; readonly spelling?: string | undefined },
  ports: SuppressionPorts,
  entryAt: (time: string) => Entry,
): Promise<ChangeOutcome> {
  const { act, who, why } = done;
  const address = canonicalAddress(done.address);
  if (address === undefined) return { kind: "noAddress" };
  const forgotten = await findForgotten(address, ports.table);
  if (act !== "remove" && isForGood(forgotten))
    return { kind: "forgotten", address, before: forgotten, after: forgotten };
  const known = await readJudged(address, ports.table);
  const at = after(known, ports.clock.now());
  const entry = entryAt(at);
  const spelling = done.spelling ?? done.address.trim();
  const evidence: PersonEvidence = {
    kind: "person",
    address,
    spelling,
    shelf: "person",
    id: idOf(act, [who, why, spelling, entry]),
    at,
    recordedAt: at,
    keepUntil: null,
    act,
    who,
    why,
    entry,
  };
  if (!isImported(evidence, known)) await ports.table.addEvidence(evidence);
  const settled = await settle(address, ports);
  if (act === "remove") await liftForgotten(address, ports.table);
  return {
    kind: "recorded",
    address,
    before: longer(settled.before, forgotten),
    after: act === "remove" ? settled.after : longer(settled.after, forgotten),
  };
}

/**
 * Persons act on what they see, so what they do comes after all that is known, even when their clock is slow: a removal that is dated before the
 * bounce it means would remove nothing.
 */
function after(known: readonly Evidence[], now: string): string {
  const newest = known.reduce((time, item) => Math.max(time, effectiveTime(item)), Number.NEGATIVE_INFINITY);
  return new Date(Math.max(Date.parse(now), newest + 1)).toISOString();
}

/** Two persons may act in the same millisecond. */
function idOf(act: string, said: readonly unknown[]): string {
  return `${act}-${createHash("sha256").update(JSON.stringify(said)).digest("hex").slice(0, 16)}`;
}

/** Whether the same was taken over already, and not removed since: a file that is imported each night must not pile up evidence. */
function isImported({ act, spelling, entry }: PersonEvidence, known: readonly Evidence[]): boolean {
  if (act !== "import") return false;
  const removedAt = lastRemoval(known);
  return known.some(
    (item) =>
      item.kind === "person" &&
      item.act === "import" &&
      item.spelling === spelling &&
      isDeepStrictEqual(item.entry, entry) &&
      effectiveTime(item) > removedAt,
  );
}
