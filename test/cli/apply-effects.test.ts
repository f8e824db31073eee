import { existsSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { applyEffects, openLocalEffects } from "../../cli/apply-effects.ts";
import { PublishError } from "../../shared/errors.ts";
import { alertOf } from "../support/alerts.ts";
import { recordOf } from "../support/records.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const alerts = [alertOf({ rule: "a" }), alertOf({ rule: "b" })];
const actions = alerts.map(({ id, rule, topic }) => ({ id, rule, type: "alert", topic, status: "planned" }) as const);
const evaluation = { record: recordOf({ actions }), alerts };

test("alerts are written line by line, records are kept in a file that is made, and nothing is done twice", async () => {
  const file = `${temporaryFolder()}/deep/state.db`;
  const lines: string[] = [];
  const first = openLocalEffects(file, (line) => lines.push(line));
  const { record } = await applyEffects(evaluation, first);
  first.close();
  expect(existsSync(file)).toBe(true);
  expect(record.actions.map(({ status }) => status)).toEqual(["done", "done"]);
  expect(lines.filter((line) => line.includes("to topic"))).toHaveLength(2);
  expect(lines.join("")).not.toContain("\n");

  const written = lines.length;
  const second = openLocalEffects(file, (line) => lines.push(line));
  const again = await applyEffects(evaluation, second);
  second.close();
  expect(again.record).toMatchObject({ outcome: "duplicate", actions: [{ status: "skipped" }, { status: "skipped" }] });
  expect(lines).toHaveLength(written);
});

describe("an effect that fails is told, and the record says what is still due", () => {
  test("alerts that were not published", async () => {
    const failed = new PublishError([{ id: alerts[1]?.id ?? "", reason: "topic is gone" }]);
    const applied = await applyEffects(evaluation, { alerts: { publish: () => Promise.reject(failed) } });
    expect(applied.record.actions.map(({ status }) => status)).toEqual(["done", "planned"]);
    expect(applied.failure).toContain("topic is gone");
  });

  test("anything else", async () => {
    const applied = await applyEffects(evaluation, {
      alerts: { publish: () => Promise.reject(new Error("disk full")) },
    });
    expect(applied).toEqual({ record: evaluation.record, failure: "disk full" });
  });
});

test("a state file in a place where no folder can be made is wrong use", () => {
  const folder = temporaryFolder({ file: "" });
  expect(() => openLocalEffects(`${folder}/file/state.db`, () => {})).toThrow("cannot make the folder");
});
