import { describe, expect, test } from "vitest";
import { printedFeedback } from "../../shared/feedback/printed-feedback.ts";
import { concernOf, type Role } from "../../shared/inbound/forget/concern.ts";
import {
  type ForgettableMail,
  forgetMail,
  planForgetMails,
  type RawMails,
} from "../../shared/inbound/forget/forget-mails.ts";
import type { MailEntry } from "../../shared/inbound/mail-entry.ts";
import { newEntry } from "../../shared/inbound/mail-entry.ts";
import type { MailRecord } from "../../shared/inbound/record.ts";
import type { MailStore } from "../../shared/ports.ts";
import { collect } from "../support/collect.ts";
import { bounceOf } from "../support/feedback.ts";
import { memoryMailLog } from "../support/memory-mail-log.ts";
import { receiptOf } from "../support/receipts.ts";
import { recordOf } from "../support/records.ts";

const JANE = "jane@partner.example";
const DESK = "orders@mail.acme.example";
const NOW = "2026-11-24T09:00:00.000Z";

const mailbox = (address: string) => ({ name: "", address });

/** A mail from Ana to the desk, but for what a test is about. */
function mail(parts: Partial<MailRecord>, more: Partial<MailEntry> = {}): MailEntry {
  const key = parts.sesMessageId ?? "one";
  return { ...newEntry(key), version: 1, record: recordOf({ ...parts, sesMessageId: key }), settled: true, ...more };
}

function message(from: readonly string[], to: readonly string[], subject = ""): MailRecord["message"] {
  return { subject, from: from.map(mailbox), to: to.map(mailbox), date: null, attachments: [] };
}

const report = (recipient: string) => printedFeedback(bounceOf({ recipient }));

describe("how a mail concerns a person", () => {
  test.each<[title: string, entry: MailEntry, roles: Role[] | undefined, isTheirs: boolean]>([
    ["it does not", mail({}), undefined, false],
    [
      "the envelope's sender",
      mail({ envelope: { mailFrom: "Jane@PARTNER.example", recipients: [DESK] } }),
      ["sender"],
      true,
    ],
    ["From", mail({ message: message(["jane@Partner.example"], [DESK]) }), ["sender"], true],
    ["one of two in From", mail({ message: message([JANE, "bob@partner.example"], [DESK]) }), ["sender"], false],
    [
      "the only recipient",
      mail({ envelope: { mailFrom: "", recipients: ["<jane@partner.example>"] } }),
      ["recipient"],
      true,
    ],
    ["one of two recipients", mail({ envelope: { mailFrom: "", recipients: [JANE, DESK] } }), ["recipient"], false],
    ["To, of a mail that others got", mail({ message: message([], [JANE]) }), ["recipient"], false],
    [
      "To alone, where nobody wrote down who got it",
      mail({ envelope: { mailFrom: "", recipients: [] }, message: message([], [JANE]) }),
      ["recipient"],
      true,
    ],
    ["a report about them", mail({ feedback: [report("JANE@partner.example")] }), ["reported"], true],
    ["a report about them and others", mail({ feedback: [report(JANE), report(DESK)] }), ["reported"], false],
    ["the subject", mail({ message: message([], [], "Fwd: Jane@Partner.example asks") }), ["text"], false],
    ["a name that ends like theirs", mail({ message: message([], [], "mary-jane@partner.example") }), undefined, false],
    [
      "a domain that begins like theirs",
      mail({ message: message([], [], "jane@partner.example.org") }),
      undefined,
      false,
    ],
    ["the end of a sentence", mail({ message: message([], [], "Write to jane@partner.example.") }), ["text"], false],
    [
      "what was announced of a mail that nobody worked on yet",
      mail({}, { record: null, receipt: receiptOf({ envelope: { mailFrom: JANE, recipients: [DESK] } }) }),
      ["sender"],
      true,
    ],
    [
      "a recipient who was announced later",
      mail(
        { envelope: { mailFrom: "ana@client.example", recipients: [JANE] } },
        { receipt: receiptOf({ envelope: { mailFrom: "ana@client.example", recipients: [JANE, DESK] } }) },
      ),
      ["recipient"],
      false,
    ],
    ["nothing but a key", { ...newEntry("one") }, undefined, false],
  ])("%s", (_title, entry, roles, isTheirs) => {
    expect(concernOf(entry, JANE)).toEqual(roles && { roles, isTheirs });
  });
});

const hers = mail({ sesMessageId: "hers", message: message([JANE], [DESK]) });
const shared = mail({ sesMessageId: "shared", message: message([], [JANE, DESK]) });
const others = mail({ sesMessageId: "others" });

async function desk(entries: readonly MailEntry[] = [hers, shared, others]) {
  const mailLog = memoryMailLog();
  for (const entry of entries) await mailLog.put(entry);
  const removed: string[] = [];
  const store = { remove: async (key: string) => void removed.push(key) } as unknown as MailStore;
  const rawMails: RawMails = { store, find: async ({ key }) => ({ kind: "here", key: `raw/${key}` }) };
  return { ports: { mailLog, rawMails, clock: { now: () => NOW } }, mailLog, removed };
}

async function planned(
  { mailLog }: Awaited<ReturnType<typeof desk>>,
  allMails = false,
): Promise<readonly ForgettableMail[]> {
  return collect(planForgetMails(JANE, { mailLog }, { allMails }));
}

describe("the plan", () => {
  test.each([
    [
      false,
      [
        ["hers", true],
        ["shared", false],
      ],
    ],
    [
      true,
      [
        ["hers", true],
        ["shared", true],
      ],
    ],
  ])("chooses what is theirs, and with all mails (%s) what concerns others too", async (allMails, expected) => {
    const mails = await planned(await desk(), allMails);
    expect(mails.map(({ entry, isChosen }) => [entry.key, isChosen])).toEqual(expected);
  });

  test("says where the raw mail is: as it was announced, else as it was recorded, else nowhere", async () => {
    const receipt = receiptOf({ storageKey: "raw/announced", envelope: { mailFrom: JANE, recipients: [] } });
    const entries = [
      { ...hers, key: "1", receipt },
      { ...hers, key: "2" },
      { ...newEntry("3 jane@partner.example"), version: 1 },
    ];
    const mails = await planned(await desk(entries));
    expect(mails.map(({ source }) => source)).toEqual(["raw/announced", hers.record?.source, null]);
  });
});

describe("forgetting a mail", () => {
  const first = async (opened: Awaited<ReturnType<typeof desk>>): Promise<ForgettableMail> => {
    const [found] = await planned(opened);
    if (found === undefined) throw new Error("expected a mail");
    return found;
  };

  test("takes away the raw mail and the record, and leaves others' alone", async () => {
    const opened = await desk();
    expect(await forgetMail(await first(opened), opened.ports)).toEqual({ kind: "removed", raw: "removed" });
    expect([opened.removed, [...opened.mailLog.entries.keys()]]).toEqual([["raw/hers"], ["shared", "others"]]);
  });

  test("keeps the record when the raw mail cannot be taken away: without it nobody would find that again", async () => {
    const opened = await desk();
    const failing = { ...opened.ports.rawMails, store: { remove: () => Promise.reject(new Error("denied")) } };
    const ports = { ...opened.ports, rawMails: failing as unknown as RawMails };
    await expect(forgetMail(await first(opened), ports)).rejects.toThrow("denied");
    expect(opened.mailLog.entries.has("hers")).toBe(true);
  });

  test.each(["gone", "elsewhere"] as const)("takes away the record alone where the raw mail is %s", async (kind) => {
    const opened = await desk();
    const rawMails = { ...opened.ports.rawMails, find: async () => ({ kind }) };
    expect(await forgetMail(await first(opened), { ...opened.ports, rawMails })).toEqual({
      kind: "removed",
      raw: kind,
    });
    expect([opened.removed, opened.mailLog.entries.has("hers")]).toEqual([[], false]);
  });

  test("leaves raw mails alone when it is not told where they may be removed", async () => {
    const opened = await desk();
    const found = await first(opened);
    expect(await forgetMail(found, { ...opened.ports, rawMails: undefined })).toEqual({
      kind: "removed",
      raw: "elsewhere",
    });
  });

  test("is the same again", async () => {
    const opened = await desk();
    const found = await first(opened);
    for (let times = 0; times < 2; times++)
      expect(await forgetMail(found, opened.ports)).toEqual({ kind: "removed", raw: "removed" });
  });

  test.each([
    ["2026-11-24T09:00:00.001Z", "busy"],
    ["2026-11-24T09:00:00.000Z", "removed"],
  ])("leaves a mail on which somebody works until %s: %s", async (until, kind) => {
    const opened = await desk([{ ...hers, lease: { holder: "run", until } }]);
    expect(await forgetMail(await first(opened), opened.ports)).toMatchObject({ kind });
    expect(opened.mailLog.entries.has("hers")).toBe(kind === "busy");
  });
});
