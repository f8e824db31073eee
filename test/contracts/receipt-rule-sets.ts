import { randomUUID } from "node:crypto";
import { describe, expect, onTestFinished, test } from "vitest";
import type { ReceiptRuleSets } from "../../shared/ports.ts";
import { ruleOf, STOP } from "../support/receipt-rules.ts";

export interface ReceiptRuleSetsHarness {
  readonly sets: ReceiptRuleSets;
  createSet(name: string): Promise<unknown>;
  deleteSet(name: string): Promise<unknown>;
  close(): Promise<void> | void;
}

/** Operations that an emulator may not have. */
export type LackingOperation = "moveRule" | "removeRule";

/**
 * What receipt rule sets do. Sets have names of their own in each test, so that the service may be one for all.
 *
 * @param lacks what this service cannot do, so that its tests are skipped
 */
export function receiptRuleSetsContract(
  name: string,
  start: () => Promise<ReceiptRuleSetsHarness>,
  lacks: readonly LackingOperation[] = [],
): void {
  async function started() {
    const harness = await start();
    onTestFinished(harness.close);
    const set = `set-${randomUUID()}`;
    await harness.createSet(set);
    const { sets } = harness;
    const names = async () => (await sets.find(set))?.rules.map((rule) => rule.name);
    return { ...harness, set, names };
  }

  /** A set with the rules a, b and c. */
  async function filled() {
    const { sets, set, ...rest } = await started();
    await sets.addRule(set, ruleOf("a"), undefined);
    await sets.addRule(set, ruleOf("b"), "a");
    await sets.addRule(set, ruleOf("c"), "b");
    return { sets, set, ...rest };
  }

  const whereItCan = (operation: LackingOperation) => test.skipIf(lacks.includes(operation));

  describe(`receipt rule sets: ${name}`, () => {
    test("a set that is not there is not found, and cannot be activated", async () => {
      const { sets } = await started();
      const missing = `set-${randomUUID()}`;
      expect(await sets.find(missing)).toBeUndefined();
      await expect(sets.activate(missing)).rejects.toMatchObject({ name: "RuleSetDoesNotExistException" });
    });

    test("a rule is given back as it was put, every field of it", async () => {
      const { sets, set } = await started();
      const rules = [
        ruleOf("plain", { enabled: false, scanEnabled: false, recipients: [], actions: [] }),
        ruleOf("strict", { tlsPolicy: "Require", recipients: ["acme.example", ".acme.example", "a&b@acme.example"] }),
        ruleOf("several", { actions: [...ruleOf("x").actions, STOP] }),
      ] as const;
      for (const rule of rules) await sets.addRule(set, rule, undefined);
      expect(await sets.find(set)).toEqual({ name: set, rules: rules.toReversed() });
    });

    test("a rule comes behind the one that is named, else before all others", async () => {
      const { sets, set, names } = await filled();
      await sets.addRule(set, ruleOf("first"), undefined);
      await sets.addRule(set, ruleOf("middle"), "a");
      expect(await names()).toEqual(["first", "a", "middle", "b", "c"]);
    });

    test("a rule that changes keeps its place", async () => {
      const { sets, set, names } = await filled();
      await sets.updateRule(set, ruleOf("b", { tlsPolicy: "Require" }));
      expect(await names()).toEqual(["a", "b", "c"]);
      expect((await sets.find(set))?.rules[1]?.tlsPolicy).toBe("Require");
    });

    test("what refers to a set or a rule that is not there is refused", async () => {
      const { sets, set } = await filled();
      const noRule = { name: "RuleDoesNotExistException" };
      await expect(sets.addRule(set, ruleOf("d"), "missing")).rejects.toMatchObject(noRule);
      await expect(sets.updateRule(set, ruleOf("missing"))).rejects.toMatchObject(noRule);
      await expect(sets.addRule(`set-${randomUUID()}`, ruleOf("d"), undefined)).rejects.toMatchObject({
        name: "RuleSetDoesNotExistException",
      });
    });

    test("a name is taken once", async () => {
      const { sets, set } = await filled();
      await expect(sets.addRule(set, ruleOf("b"), "c")).rejects.toMatchObject({ name: "AlreadyExistsException" });
    });

    whereItCan("moveRule")("a rule is moved behind another, or before all", async () => {
      const { sets, set, names } = await filled();
      await sets.moveRule(set, "a", "c");
      expect(await names()).toEqual(["b", "c", "a"]);
      await sets.moveRule(set, "c", undefined);
      expect(await names()).toEqual(["c", "b", "a"]);
      await expect(sets.moveRule(set, "a", "missing")).rejects.toMatchObject({ name: "RuleDoesNotExistException" });
    });

    whereItCan("removeRule")("a rule is taken out; one that is not there is no error", async () => {
      const { sets, set, names } = await filled();
      await sets.removeRule(set, "b");
      await sets.removeRule(set, "b");
      await sets.removeRule(`set-${randomUUID()}`, "b");
      expect(await names()).toEqual(["a", "c"]);
    });

    test("one set is active, or none; the active one is not deleted", async () => {
      const { sets, set, createSet, deleteSet } = await filled();
      const other = `set-${randomUUID()}`;
      await createSet(other);
      await sets.activate(other);
      await sets.activate(set);
      expect(await sets.active()).toEqual(await sets.find(set));
      await expect(deleteSet(set)).rejects.toMatchObject({ name: "CannotDeleteException" });
      await sets.activate(undefined);
      expect(await sets.active()).toBeUndefined();
      await deleteSet(set);
      expect(await sets.find(set)).toBeUndefined();
    });
  });
}
