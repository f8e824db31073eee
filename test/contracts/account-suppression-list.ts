import { describe, expect, onTestFinished, test } from "vitest";
import type { AccountSuppressionList } from "../../shared/ports.ts";
import { collect } from "../support/collect.ts";

export interface AccountListHarness {
  readonly list: AccountSuppressionList;
  close(): Promise<void> | void;
}

/** What every account suppression list does. `startEmpty` gives one without entries. */
export function accountSuppressionListContract(name: string, startEmpty: () => Promise<AccountListHarness>): void {
  async function emptyList(): Promise<AccountSuppressionList> {
    const { list, close } = await startEmpty();
    onTestFinished(close);
    return list;
  }

  async function listed(list: AccountSuppressionList): Promise<string[]> {
    return (await collect(list.list())).map(({ address, reason }) => `${address} ${reason}`).sort();
  }

  describe(`an account suppression list: ${name}`, () => {
    test("is empty in the beginning", async () => {
      expect(await listed(await emptyList())).toEqual([]);
    });

    test("lists what was put, with the time of putting", async () => {
      const list = await emptyList();
      await list.put("gone@partner.example", "BOUNCE");
      expect(await collect(list.list())).toEqual([
        {
          address: "gone@partner.example",
          reason: "BOUNCE",
          since: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
        },
      ]);
    });

    test("putting again changes the reason", async () => {
      const list = await emptyList();
      await list.put("gone@partner.example", "BOUNCE");
      await list.put("gone@partner.example", "COMPLAINT");
      expect(await listed(list)).toEqual(["gone@partner.example COMPLAINT"]);
    });

    test("trap 1.15: an address is taken off in its own spelling, and in no other", async () => {
      const list = await emptyList();
      await list.put("Gone@Partner.example", "BOUNCE");
      await list.remove("gone@partner.example");
      expect(await listed(list)).toEqual(["Gone@Partner.example BOUNCE"]);
      await list.remove("Gone@Partner.example");
      expect(await listed(list)).toEqual([]);
    });

    test("spellings that differ in case are entries of their own", async () => {
      const list = await emptyList();
      await list.put("Gone@partner.example", "BOUNCE");
      await list.put("gone@partner.example", "COMPLAINT");
      expect(await listed(list)).toEqual(["Gone@partner.example BOUNCE", "gone@partner.example COMPLAINT"]);
    });

    test("taking off what is not there is no error", async () => {
      const list = await emptyList();
      await expect(list.remove("gone@partner.example")).resolves.toBeUndefined();
    });

    test.each([
      "a+b=c@partner.example",
      "o'neil@partner.example",
      '"a b/c?#%"@partner.example',
      "a%40b&c@partner.example",
    ])("takes and gives back %s", async (address) => {
      const list = await emptyList();
      await list.put(address, "BOUNCE");
      expect(await listed(list)).toEqual([`${address} BOUNCE`]);
      await list.remove(address);
      expect(await listed(list)).toEqual([]);
    });

    test("lists all, however many there are", async () => {
      const list = await emptyList();
      const addresses = Array.from({ length: 25 }, (_, at) => `user${at}@partner.example`);
      for (const address of addresses) await list.put(address, "BOUNCE");
      expect(await listed(list)).toEqual(addresses.map((address) => `${address} BOUNCE`).sort());
    });
  });
}
