import { expect, test } from "vitest";
import { createSuppressionList, type SuppressionList } from "../../library/suppression-list.ts";
import { openStateFile } from "../../shared/local/state-file.ts";
import { forgottenKey } from "../../shared/suppression/forgotten.ts";
import { suppressionOf } from "../support/suppressions.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

/** A list on which `gone@partner.example` stands. */
async function withList<Result>(use: (list: SuppressionList) => Promise<Result>): Promise<Result> {
  const state = `${temporaryFolder()}/state.db`;
  using file = openStateFile(state);
  await file.suppressionTable.put(suppressionOf());
  const list = createSuppressionList({ state });
  try {
    return await use(list);
  } finally {
    list.close();
  }
}

test.each([
  "gone@partner.example",
  "Gone@PARTNER.example",
  "<gone@partner.example>",
  " gone@partner.example\n",
  "Jane <gone@partner.example>",
  "Jane Doe  <GONE@partner.example> ",
  '"Doe, Jane" <gone@partner.example>',
  '"say \\"hi\\", <a@b.example>" <gone@partner.example>',
  "障害 <gone@partner.example>",
  "gone@partner.example <gone@partner.example>",
  '"gone"@partner.example',
])("%j is the suppressed address", async (written) => {
  await withList(async (list) => {
    expect(await list.isSuppressed(written)).toBe(true);
    expect(await list.partitionRecipients([written])).toMatchObject({
      deliverable: [],
      suppressed: [{ recipient: written, reason: "bounce" }],
      invalid: [],
    });
  });
});

test.each([
  "",
  "nobody",
  "Jane <nobody>",
  "gone@partner.example, ok@partner.example",
  "Gone <gone@partner.example>, Ok <ok@partner.example>",
  "gone@partner.example; Ok <ok@partner.example>",
  "Friends: gone@partner.example, Ok <ok@partner.example>",
  "Friends: Ok <ok@partner.example>;",
  "<gone@partner.example> <ok@partner.example>",
  "Ok <ok@partner.example> gone@partner.example",
  '"Ok <ok@partner.example>',
  `${"x".repeat(3_000)} <ok@partner.example>`,
])("%j is not one address: it is set apart, and never deliverable", async (written) => {
  await withList(async (list) => {
    await expect(list.isSuppressed(written)).rejects.toThrow("expected an address");
    const parts = await list.partitionRecipients(["ok@partner.example", written]);
    expect(parts).toEqual({ deliverable: ["ok@partner.example"], suppressed: [], invalid: [written] });
  });
});

test("each recipient stands once in the answer, in the order in which it was given", async () => {
  const recipients = Array.from({ length: 100 }, (_, at) =>
    at % 3 === 0 ? `Gone${" ".repeat(at)}<gone@partner.example>` : `u${at}@partner.example`,
  );
  await withList(async (list) => {
    const { deliverable, suppressed, invalid } = await list.partitionRecipients(recipients);
    expect(deliverable).toEqual(recipients.filter((written) => !written.startsWith("Gone")));
    expect(suppressed.map(({ recipient }) => recipient)).toEqual(
      recipients.filter((written) => written.startsWith("Gone")),
    );
    expect(invalid).toEqual([]);
  });
});

test("a table that cannot be opened is told to each who asks, and closing is no error", async () => {
  const state = `${temporaryFolder()}/state.db`;
  const list = createSuppressionList({ state });
  await expect(list.isSuppressed("gone@partner.example")).rejects.toThrow(`There is no state file "${state}"`);
  const asked = list.isSuppressed("gone@partner.example");
  list.close();
  await expect(asked).rejects.toThrow("There is no state file");
});

test("a table that is there by the next question is asked", async () => {
  const state = `${temporaryFolder()}/state.db`;
  const list = createSuppressionList({ state });
  await expect(list.isSuppressed("gone@partner.example")).rejects.toThrow();
  using file = openStateFile(state);
  await file.suppressionTable.put(suppressionOf());
  expect(await list.isSuppressed("gone@partner.example")).toBe(true);
  list.close();
});

test("an address that was forgotten while it was suppressed is suppressed", async () => {
  const state = `${temporaryFolder()}/state.db`;
  using file = openStateFile(state);
  const { salt } = await file.suppressionTable.keepSalt("salt", "2026-11-24T09:00:00.000Z");
  const key = forgottenKey("gone@partner.example", salt);
  await file.suppressionTable.put(suppressionOf({ address: key, spelling: "" }));
  const list = createSuppressionList({ state });
  expect(await list.isSuppressed("Gone@Partner.example")).toBe(true);
  expect(await list.partitionRecipients(["gone@partner.example", "ok@partner.example"])).toMatchObject({
    deliverable: ["ok@partner.example"],
    suppressed: [{ recipient: "gone@partner.example", reason: "bounce" }],
  });
  list.close();
});
