import { expect, test } from "vitest";
import { loadPolicy } from "../../cli/load-policy.ts";
import { UsageError } from "../../cli/usage-error.ts";
import { SuppressionFileError } from "../../shared/errors.ts";
import { NO_SUPPRESSION_FILE } from "../../shared/suppression/policy-file/suppression-file.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const MINE = "policy: { mailboxFullDays: 10 }\n";

test("the file that is named is read", () => {
  const folder = temporaryFolder({ "my.yml": MINE, "suppression.yml": "policy: { mailboxFullDays: 20 }\n" });
  expect(loadPolicy("my.yml", folder).policy.mailboxFullDays).toBe(10);
  expect(loadPolicy(`${folder}/my.yml`).policy.mailboxFullDays).toBe(10);
});

test("else suppression.yml, else the default policy", () => {
  expect(loadPolicy(undefined, temporaryFolder({ "suppression.yml": MINE })).policy.mailboxFullDays).toBe(10);
  expect(loadPolicy(undefined, temporaryFolder())).toEqual(NO_SUPPRESSION_FILE);
});

test("a file that is named and not there is wrong use, suppression.yml too", () => {
  for (const file of ["nothere.yml", "suppression.yml"]) {
    const load = () => loadPolicy(file, temporaryFolder());
    expect(load).toThrow(UsageError);
    expect(load).toThrow(`cannot read the suppression file ${file}: no such file or directory`);
  }
});

test("a broken one is told by the name that was given, with line and column", () => {
  const load = () => loadPolicy("my.yml", temporaryFolder({ "my.yml": "policy: { mailboxFullDay: 1 }" }));
  expect(load).toThrow(SuppressionFileError);
  expect(load).toThrow('my.yml:1:11: unknown key "mailboxFullDay", did you mean "mailboxFullDays"?');
});
