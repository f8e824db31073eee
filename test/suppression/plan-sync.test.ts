import { describe, expect, test } from "vitest";
import type { AccountEntry, AccountReason } from "../../shared/ports.ts";
import { type ListedAddress, readAccountList } from "../../shared/suppression/account-list.ts";
import { type KnownAddress, planFromSes, planToSes, type ToSesOptions } from "../../shared/suppression/plan-sync.ts";
import { SUPPRESSION_REASONS, type SuppressionReason } from "../../shared/suppression/suppression.ts";
import { suppressionOf } from "../support/suppressions.ts";

const address = "gone@partner.example";
const [EARLIER, LISTED, LATER] = ["2026-11-20T08:00:00.000Z", "2026-11-21T08:00:00.000Z", "2026-11-22T08:00:00.000Z"];

function listed(reason: AccountReason, spellings: readonly string[] = ["Gone@Partner.example"]): ListedAddress {
  return { address, spellings, reason, since: LISTED };
}

function suppressed(reason: SuppressionReason, expiresAt: string | null = null): KnownAddress {
  return { address, state: suppressionOf({ reason, expiresAt }), isInForce: true, liftedAt: null };
}

const unknown: KnownAddress = { address, state: undefined, isInForce: false, liftedAt: null };
const ended: KnownAddress = { ...suppressed("mailboxFull", EARLIER), isInForce: false };

function lifted(liftedAt: string): KnownAddress {
  const state = suppressionOf({ reason: null, since: null, probation: true });
  return { address, state, isInForce: false, liftedAt };
}

const UNTIL = "2027-01-01T00:00:00.000Z";

describe("from SES's list", () => {
  test.each<[string, KnownAddress, AccountReason, SuppressionReason | undefined]>([
    ["what is not known here is suppressed here", unknown, "BOUNCE", "bounce"],
    ["what is not known here is suppressed here", unknown, "COMPLAINT", "complaint"],
    ["what has ended here is suppressed again", ended, "BOUNCE", "bounce"],
    ["what ends here does not any more", suppressed("mailboxFull", UNTIL), "BOUNCE", "bounce"],
    ["what a person added for a time does not end any more", suppressed("manual", UNTIL), "BOUNCE", "bounce"],
    ["COMPLAINT comes in place of a bounce", suppressed("bounce"), "COMPLAINT", "complaint"],
    ["COMPLAINT comes in place of what a person added", suppressed("manual"), "COMPLAINT", "complaint"],
    ["SES's other lists are not this one", suppressed("tenantList"), "BOUNCE", "bounce"],
    ["a bounce stays", suppressed("bounce"), "BOUNCE", undefined],
    ["a complaint is not overwritten by BOUNCE", suppressed("complaint"), "BOUNCE", undefined],
    ["what a person added is not overwritten by BOUNCE", suppressed("manual"), "BOUNCE", undefined],
    ["what SES told us by a bounce is known", suppressed("accountList"), "BOUNCE", undefined],
    ["what SES told us by a bounce is known", suppressed("accountList"), "COMPLAINT", undefined],
    ["what was lifted before SES listed it is suppressed again", lifted(EARLIER), "BOUNCE", "bounce"],
  ])("%s", (_title, known, theirs, reason) => {
    const step = planFromSes(known, listed(theirs), { prune: false });
    if (reason === undefined) expect(step).toBeUndefined();
    else expect(step).toMatchObject({ do: "import", address, spelling: "Gone@Partner.example", reason, since: LISTED });
  });

  test("trap 1.15, no way to un-suppress: what a person lifted after SES listed it is not taken over again", () => {
    for (const prune of [false, true])
      expect(planFromSes(lifted(LATER), listed("BOUNCE"), { prune })).toMatchObject({ do: "leave" });
  });

  test("trap 1.15, nor where soft bounces have suppressed it since, for a time", () => {
    const again = { ...suppressed("repeatedBounces", UNTIL), liftedAt: LATER };
    expect(planFromSes(again, listed("BOUNCE"), { prune: false })).toMatchObject({ do: "leave" });
    const before = { ...again, liftedAt: EARLIER };
    expect(planFromSes(before, listed("BOUNCE"), { prune: false })).toMatchObject({ do: "import", reason: "bounce" });
  });

  test("a step says what it changes", () => {
    const why = (known: KnownAddress) => planFromSes(known, listed("BOUNCE"), { prune: false })?.why;
    expect(why(unknown)).toBe("SES's list has it as BOUNCE");
    expect(why(suppressed("bounce", UNTIL))).toBe("SES's list has it as BOUNCE, without an end");
    expect(why(suppressed("mailboxFull", UNTIL))).toBe("SES's list has it as BOUNCE, which is more than mailboxFull");
  });

  test.each<[SuppressionReason, "lift" | undefined, "lift" | undefined]>([
    ["accountList", "lift", "lift"],
    ["bounce", undefined, "lift"],
    ["complaint", undefined, "lift"],
    ["manual", undefined, undefined],
    ["tenantList", undefined, undefined],
    ["globalList", undefined, undefined],
    ["emailValidation", undefined, undefined],
    ["repeatedBounces", undefined, undefined],
    ["mailboxFull", undefined, undefined],
  ])("what SES does not list and is suppressed here as %s: %s, with prune %s", (reason, step, pruned) => {
    expect(planFromSes(suppressed(reason), undefined, { prune: false })?.do).toBe(step);
    expect(planFromSes(suppressed(reason), undefined, { prune: true })?.do).toBe(pruned);
  });

  test.each([unknown, ended, lifted(LATER)])("what neither suppresses needs nothing", (known) => {
    expect(planFromSes(known, undefined, { prune: true })).toBeUndefined();
  });
});

const PLAIN: ToSesOptions = { includeManual: false, includeExpiring: false, prune: false };

describe("to SES's list", () => {
  test.each<[SuppressionReason, AccountReason | undefined, Partial<ToSesOptions>, AccountReason | undefined]>([
    ["complaint", "COMPLAINT", {}, undefined],
    ["bounce", "BOUNCE", {}, undefined],
    ["manual", undefined, { includeManual: true }, "BOUNCE"],
    ["repeatedBounces", undefined, { includeExpiring: true }, "BOUNCE"],
    ["mailboxFull", undefined, { includeExpiring: true }, "BOUNCE"],
    ["accountList", undefined, { includeManual: true, includeExpiring: true, prune: true }, undefined],
    ["tenantList", undefined, { includeManual: true, includeExpiring: true, prune: true }, undefined],
    ["globalList", undefined, { includeManual: true, includeExpiring: true, prune: true }, undefined],
    ["emailValidation", undefined, { includeManual: true, includeExpiring: true, prune: true }, undefined],
  ])("suppressed here as %s: put as %s, with %j as %s", (reason, put, options, asked) => {
    const step = (chosen: Partial<ToSesOptions>) => planToSes(suppressed(reason), undefined, { ...PLAIN, ...chosen });
    const expected = (as: AccountReason | undefined) =>
      as && { do: "put", address, spelling: address, reason: as, why: expect.any(String) };
    expect(step({})).toEqual(expected(put));
    if (asked !== undefined) expect(step(options)).toEqual(expected(asked));
    else if (put === undefined) expect(step(options)).toBeUndefined();
  });

  test.each(SUPPRESSION_REASONS)("what ends here is not put there, for SES's entries do not end: %s", (reason) => {
    expect(planToSes(suppressed(reason, UNTIL), undefined, { ...PLAIN, includeManual: true })).toBeUndefined();
  });

  test.each<[string, KnownAddress, AccountReason, Partial<ToSesOptions>]>([
    ["the same reason", suppressed("bounce"), "BOUNCE", {}],
    ["COMPLAINT is not overwritten by a bounce", suppressed("bounce"), "COMPLAINT", {}],
    ["nor by what a person added", suppressed("manual"), "COMPLAINT", { includeManual: true }],
    ["another reason here suppresses as well", suppressed("mailboxFull", UNTIL), "BOUNCE", { prune: true }],
    ["what is not known here stays there", unknown, "BOUNCE", {}],
    ["what has ended here stays there", ended, "BOUNCE", {}],
  ])("nothing to do: %s", (_title, known, theirs, options) => {
    expect(planToSes(known, listed(theirs), { ...PLAIN, ...options })).toBeUndefined();
  });

  test("trap 1.15, case: the reason of an entry is changed in SES's own spelling", () => {
    const step = planToSes(suppressed("complaint"), listed("BOUNCE"), PLAIN);
    expect(step).toMatchObject({ do: "put", spelling: "Gone@Partner.example", reason: "COMPLAINT" });
  });

  test("trap 1.15, no way to un-suppress: what a person lifted here is taken off, in every spelling that SES has", () => {
    const spellings = ["Gone@Partner.example", "GONE@partner.example"];
    expect(planToSes(lifted(LATER), listed("BOUNCE", spellings), PLAIN)).toMatchObject({ do: "remove", spellings });
  });

  test("what SES listed again after it was lifted is left for a person to say", () => {
    expect(planToSes(lifted(EARLIER), listed("BOUNCE"), PLAIN)).toMatchObject({ do: "leave" });
  });

  test.each([unknown, ended, lifted(EARLIER)])(
    "with prune, what is not suppressed here is taken off there",
    (known) => {
      expect(planToSes(known, listed("BOUNCE"), { ...PLAIN, prune: true })).toMatchObject({ do: "remove" });
    },
  );
});

async function* entries(...items: readonly AccountEntry[]): AsyncGenerator<AccountEntry> {
  yield* items;
}

describe("SES's list by address", () => {
  test("trap 1.15, case: several spellings of one address are one, with the heavier reason and the newest time", async () => {
    const { listed: list } = await readAccountList(
      entries(
        { address: "Gone@Partner.example", reason: "BOUNCE", since: LATER },
        { address: "other@partner.example", reason: "BOUNCE", since: EARLIER },
        { address: "gone@partner.EXAMPLE", reason: "COMPLAINT", since: EARLIER },
        { address: "GONE@partner.example", reason: "BOUNCE", since: LISTED },
      ),
    );
    expect([...list.keys()]).toEqual([address, "other@partner.example"]);
    expect(list.get(address)).toEqual({
      address,
      spellings: ["Gone@Partner.example", "gone@partner.EXAMPLE", "GONE@partner.example"],
      reason: "COMPLAINT",
      since: LATER,
    });
  });

  test("what is no address is told apart", async () => {
    const list = await readAccountList(entries({ address: "nobody", reason: "BOUNCE", since: LISTED }));
    expect([list.unreadable, list.listed.size]).toEqual([["nobody"], 0]);
  });
});
