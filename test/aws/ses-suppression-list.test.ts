import { expect, onTestFinished, test } from "vitest";
import { sesSuppressionList } from "../../shared/aws/ses-suppression-list.ts";
import { AccountListError } from "../../shared/errors.ts";
import { accountSuppressionListContract } from "../contracts/account-suppression-list.ts";
import { collect } from "../support/collect.ts";
import { startFakeSesV2 } from "../support/fake-sesv2.ts";

async function start() {
  const ses = await startFakeSesV2();
  ses.pageSize = 10;
  return { ses, list: sesSuppressionList(ses.client()), close: () => ses.close() };
}

accountSuppressionListContract("SES over its wire format", start);

test("every page is asked for", async () => {
  const { ses, list, close } = await start();
  onTestFinished(close);
  for (let at = 0; at < 25; at++) ses.entries.set(`u${at}@partner.example`, { reason: "BOUNCE", updatedAt: 1 });
  expect(await collect(list.list())).toHaveLength(25);
  expect(ses.requests).toEqual(["List", "List", "List"]);
});

test("what SES throttles is tried again", async () => {
  const { ses, list, close } = await start();
  onTestFinished(close);
  ses.fail({ operation: "Put", answer: "TooManyRequestsException" });
  await list.put("gone@partner.example", "BOUNCE");
  expect(ses.requests).toEqual(["Put gone@partner.example BOUNCE", "Put gone@partner.example BOUNCE"]);
});

test("an account in the sandbox is told so", async () => {
  const { ses, list, close } = await start();
  onTestFinished(close);
  ses.fail({ operation: "Put", answer: "BadRequestException" });
  const put = list.put("gone@partner.example", "BOUNCE");
  await expect(put).rejects.toThrow(AccountListError);
  await expect(put).rejects.toThrow("An account in the sandbox cannot put addresses there: it needs production access");
});

test.each(["List", "Put", "Delete"] as const)("an error of SES passes through: %s", async (operation) => {
  const { ses, list, close } = await start();
  onTestFinished(close);
  ses.fail({ operation, answer: "AccessDeniedException" });
  const calls = {
    List: () => collect(list.list()),
    Put: () => list.put("a@b.example", "BOUNCE"),
    Delete: () => list.remove("a@b.example"),
  };
  await expect(calls[operation]()).rejects.toMatchObject({ name: "AccessDeniedException" });
});
