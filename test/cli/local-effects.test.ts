import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import { openLocalEffects } from "../../cli/local-effects.ts";
import { applyEvaluation } from "../../shared/inbound/apply-evaluation.ts";
import { DEFAULT_POLICY } from "../../shared/suppression/policy.ts";
import { alertOf } from "../support/alerts.ts";
import { recordOf } from "../support/records.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const alert = alertOf();
const { id, rule, topic } = alert;
const record = recordOf({ actions: [{ id, rule, type: "alert", topic, status: "planned" }] });

test("alerts are written line by line, records are kept in a file that is made, and nothing is done twice", async () => {
  const file = `${temporaryFolder()}/deep/state.db`;
  const outcomes: string[] = [];
  const lines: string[] = [];
  for (const _ of ["first run", "second run"]) {
    const effects = openLocalEffects(file, DEFAULT_POLICY, (line) => lines.push(line));
    outcomes.push((await applyEvaluation({ record, alerts: [alert], feedback: [] }, effects)).record.outcome);
    effects.close();
  }
  expect([existsSync(file), outcomes]).toEqual([true, ["processed", "duplicate"]]);
  expect(lines.filter((line) => line.includes("to topic"))).toHaveLength(1);
  expect(lines.join("")).not.toContain("\n");
});

test("a state file in a place where no folder can be made is wrong use", () => {
  const folder = temporaryFolder({ file: "" });
  expect(() => openLocalEffects(`${folder}/file/state.db`, DEFAULT_POLICY, () => {})).toThrow("cannot make the folder");
});
