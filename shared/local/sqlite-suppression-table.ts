import type { DatabaseSync, SQLOutputValue } from "node:sqlite";
import type { SuppressionTable } from "../ports.ts";
import { storedId } from "../suppression/stored-id.ts";
import { type Evidence, SUPPRESSION_REASONS, type Suppression } from "../suppression/suppression.ts";

const GET = "SELECT state FROM suppression WHERE address = ?";
const INSERT = `INSERT INTO suppression (address, reason, since, expires_at, version, state) VALUES (?, ?, ?, ?, ?, ?)
  ON CONFLICT DO NOTHING`;
const UPDATE = `UPDATE suppression SET reason = ?, since = ?, expires_at = ?, version = ?, state = ? WHERE address = ? AND version = ?`;
const ADD_EVIDENCE =
  "INSERT INTO evidence (address, shelf, at, id, evidence) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING";
const EVIDENCE = `SELECT evidence FROM evidence WHERE address = ? AND shelf = ? ORDER BY at DESC, id DESC LIMIT ?`;
const LIST = `SELECT state, since, address FROM suppression
  WHERE reason = ? AND (since, address) > (?, ?) ORDER BY since, address LIMIT ?`;
const REMOVE_EVIDENCE = "DELETE FROM evidence WHERE address = ? AND shelf = ? AND at = ? AND id = ?";
const REMOVE = "DELETE FROM suppression WHERE address = ? AND version = ?";
const SALT = "SELECT salt FROM forgotten_salt";
const KEEP_SALT = "INSERT INTO forgotten_salt (id, salt) VALUES (1, ?) ON CONFLICT DO NOTHING";

/** States that are read at a time, so that a list of a million is never held whole, and writing may go on meanwhile. */
const PAGE = 1000;

/** The suppression table in a state file: states and evidence whole, as JSON, beside the columns that they are found by. */
export function sqliteSuppressionTable(database: DatabaseSync): SuppressionTable {
  const get = database.prepare(GET);
  const insert = database.prepare(INSERT);
  const update = database.prepare(UPDATE);
  const addEvidence = database.prepare(ADD_EVIDENCE);
  const evidence = database.prepare(EVIDENCE);
  const list = database.prepare(LIST);
  const removeEvidence = database.prepare(REMOVE_EVIDENCE);
  const remove = database.prepare(REMOVE);
  const salt = database.prepare(SALT);
  const keepSalt = database.prepare(KEEP_SALT);
  const keptSalt = () => {
    const row = salt.get();
    return row && String(row["salt"]);
  };

  return {
    async get(address) {
      const row = get.get(address);
      return row && readState(row);
    },

    async addEvidence(item) {
      addEvidence.run(...keyOf(item), JSON.stringify(item));
    },

    async evidence(address, shelf, limit) {
      return evidence.all(address, shelf, limit).map((row) => JSON.parse(String(row["evidence"])) as Evidence);
    },

    async put(state) {
      const { address, reason, since, expiresAt, version } = state;
      const json = JSON.stringify(state);
      const { changes } =
        version === 1
          ? insert.run(address, reason, since, expiresAt, version, json)
          : update.run(reason, since, expiresAt, version, json, address, version - 1);
      return changes === 1;
    },

    async *list({ reason, since = "" } = {}) {
      for (const listed of reason === undefined ? SUPPRESSION_REASONS : [reason]) {
        // Before every address of that time: no address is empty.
        let last: readonly [since: string, address: string] = [since, ""];
        for (;;) {
          const rows = list.all(listed, ...last, PAGE);
          yield* rows.map(readState);
          const end = rows.at(-1);
          if (end === undefined || rows.length < PAGE) break;
          last = [String(end["since"]), String(end["address"])];
        }
      }
    },

    async removeEvidence(item) {
      removeEvidence.run(...keyOf(item));
    },

    async removeState({ address, version }) {
      return remove.run(address, version).changes === 1;
    },

    async salt() {
      return keptSalt();
    },

    async keepSalt(offered) {
      keepSalt.run(offered);
      return { salt: keptSalt() ?? offered, knownFrom: null };
    },
  };
}

/** Sorts before every time. */
const UNDATED = "";

function keyOf({ address, shelf, at, id }: Evidence): readonly [string, string, string, string] {
  return [address, shelf, at ?? UNDATED, storedId(id)];
}

function readState(row: Record<string, SQLOutputValue>): Suppression {
  return JSON.parse(String(row["state"])) as Suppression;
}
