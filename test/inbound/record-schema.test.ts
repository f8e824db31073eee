import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { evaluateMail } from "../../shared/inbound/evaluate-mail.ts";
import { recordJsonSchema } from "../../shared/inbound/record-schema.ts";
import { compileRules } from "../../shared/rules/compile-rules.ts";
import { readRules } from "../../shared/rules/read-rules.ts";
import { recordFaults } from "../support/record-faults.ts";

const ROOT = join(import.meta.dirname, "../..");
const REPORTS = join(ROOT, "test/feedback/reports");

test("docs/record.schema.json is what `npm run schemas` writes", () => {
  expect(JSON.parse(readFileSync(join(ROOT, "docs/record.schema.json"), "utf8"))).toEqual(recordJsonSchema());
});

const rules = compileRules(readRules(readFileSync(join(ROOT, "samples/rules.yml"), "utf8"), "rules.yml"));
const recordOf = async (path: string) =>
  (await evaluateMail({ raw: readFileSync(path), storageKey: path, trustHeaders: true }, rules)).record;

const mails = [join(ROOT, "samples/mail"), REPORTS].flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith(".eml"))
    .map((name) => ({ name, path: join(folder, name) })),
);

test.each(mails)("the record of $name is as the schema says, and has nothing beyond it", async ({ path }) => {
  expect(recordFaults(await recordOf(path))).toEqual([]);
});

test.each([
  ["a key that the schema does not name", { extra: 1 }, "it has keys that its schema does not name"],
  ["an outcome that is none", { outcome: "lost" }, "outcome: "],
  ["a date of another form", { receivedAt: "2026-11-24" }, "receivedAt: "],
  ["a hash that is none", { sha256: "abc" }, "sha256: "],
  [
    "unparsable mail of which the operator was not told",
    { outcome: "unparsable" },
    "the operator is told once of mail",
  ],
  ["mail held back without saying why", { outcome: "ignored", actions: [] }, "no reason is given"],
])("%s is told", async (_, changed, fault) => {
  const record = await recordOf(join(ROOT, "samples/mail/outage.eml"));
  expect(recordFaults({ ...record, ...(changed as object) })).toContainEqual(expect.stringContaining(fault));
});
