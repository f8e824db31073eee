import type { SuppressionTable } from "../../shared/ports.ts";
import { type Evidence, SUPPRESSION_REASONS, type Suppression } from "../../shared/suppression/suppression.ts";

/** A suppression table for tests, whose contents can be looked at. */
export function memorySuppressionTable(): SuppressionTable & { dump(): unknown } {
  const states = new Map<string, Suppression>();
  const items = new Map<string, Evidence>();
  let salt: string | undefined;
  return {
    async get(address) {
      return structuredClone(states.get(address));
    },
    async addEvidence(evidence) {
      const key = keyOf(evidence);
      if (!items.has(key)) items.set(key, structuredClone(evidence));
    },
    async evidence(address, shelf, limit) {
      return [...items.values()]
        .filter((item) => item.address === address && item.shelf === shelf)
        .sort((a, b) => Buffer.compare(order(b), order(a)))
        .slice(0, limit)
        .map((item) => structuredClone(item));
    },
    async put(state) {
      if ((states.get(state.address)?.version ?? 0) !== state.version - 1) return false;
      states.set(state.address, structuredClone(state));
      return true;
    },
    async *list({ reason, since } = {}) {
      for (const listed of reason === undefined ? SUPPRESSION_REASONS : [reason]) {
        yield* [...states.values()]
          .filter((state) => state.reason === listed && (state.since ?? "") >= (since ?? ""))
          .sort((a, b) => Buffer.compare(listOrder(a), listOrder(b)))
          .map((state) => structuredClone(state));
      }
    },
    async removeEvidence(evidence) {
      items.delete(keyOf(evidence));
    },
    async removeState({ address, version }) {
      return states.get(address)?.version === version && states.delete(address);
    },
    async salt() {
      return salt;
    },
    async keepSalt(offered) {
      salt ??= offered;
      return { salt, knownFrom: null };
    },
    dump: () => structuredClone([[...states].sort(), [...items].sort()]),
  };
}

function keyOf({ address, shelf, at, id }: Evidence): string {
  return JSON.stringify([address, shelf, at, id]);
}

/** As bytes: UTF-16 has characters beyond the basic plane in another order than the tables. */
function order({ at, id }: Evidence): Buffer {
  return Buffer.from(`${at ?? ""}#${id}`);
}

function listOrder({ since, address }: Suppression): Buffer {
  return Buffer.from(`${since}#${address}`);
}
