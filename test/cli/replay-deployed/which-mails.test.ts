import { describe, expect, test } from "vitest";
import { OUTPUTS } from "../../support/deployment-outputs.ts";
import { rulesFile } from "../run-mailroom.ts";
import { mail } from "../small-mail.ts";
import { idOf, keyOf, openEntry, RULES, startPlace, told } from "./place.ts";

describe("which mails", () => {
  test.each([
    { words: ["--since", "2026-11-22"], mails: ["c", "d"] },
    { words: ["--since", "2026-11-20T09:14:03.412Z", "--until", "2026-11-22"], mails: ["b", "e"] },
    { words: ["--until", "2026-11-20T09:14:03.412Z"], mails: ["a"] },
    { words: ["--since", "2600w"], mails: ["a", "b", "c", "d", "e"] },
    { words: [`s3://${OUTPUTS.MailBucket}/${keyOf("c")}`], mails: ["c"] },
    {
      words: [`s3://${OUTPUTS.MailBucket}/${keyOf("c")}`, `s3://${OUTPUTS.MailBucket}/mail/`],
      mails: ["a", "b", "c", "d", "e"],
    },
  ])("$words: $mails", async ({ words, mails }) => {
    const { replay, store, mailLog } = await startPlace();
    const stored = { a: "19T08:00:00Z", b: "20T09:14:03Z", c: "22T00:00:00Z", d: "24T08:00:00Z", e: "24T08:00:00Z" };
    for (const [name, time] of Object.entries(stored)) store(name, mail("outage"), `2026-11-${time}`);
    // What was copied into the bucket later, or has S3's whole seconds, arrived when its log says.
    for (const name of ["b", "e"]) await mailLog.put(openEntry(name));
    const result = await replay("--json", ...words);
    expect(told(result).map((line) => line.split(" ")[0])).toEqual(mails);
    const others = 5 - mails.length;
    if (words[0]?.startsWith("--") && others > 0)
      expect(result.stderr).toContain(`${others}  passed over: arrived at another time than was asked for`);
  });

  test("no set-up object and no folder; an object that the functions would refuse is counted", async () => {
    const { replay, s3, store } = await startPlace();
    store("m");
    for (const name of ["mail/", "mail/AMAZON_SES_SETUP_NOTIFICATION", "mail/notes of ana.txt", "other/x"])
      s3.objects.set(`${OUTPUTS.MailBucket}/${name}`, Buffer.from("x"));
    const result = await replay("--apply", "--json");
    expect([result.status, told(result)]).toEqual([0, ["m processed outage done"]]);
    expect(result.stderr).toContain("3  passed over: no mail (a folder, SES's set-up object, another name)");
  });

  test("one that may not be read is named, status 1; nothing is put down of it, and the others are sent", async () => {
    const { replay, s3, sent, store, mailLog } = await startPlace();
    store("a");
    store("b");
    s3.fail({ operation: "GetObject", answer: "KMS.DisabledException" });
    const result = await replay("--rules", rulesFile(RULES), "--apply", "--json");
    expect([result.status, told(result).length, sent().length]).toEqual([1, 1, 1]);
    expect(result.stderr).toMatch(/mailroom: cannot read s3:\S+: Reading "mail\/\S+" is denied/);
    const entries = [await mailLog.find(idOf("a")), await mailLog.find(idOf("b"))];
    expect(entries.filter((entry) => entry !== undefined)).toHaveLength(1);
  });

  test.each(["s3://other-bucket/mail/", `s3://${OUTPUTS.MailBucket}/`, "samples/mail"])(
    "%s, which is not below the deployment's mails, is refused, status 2",
    async (path) => {
      const result = await (await startPlace()).replay(path, "--apply");
      expect([result.status, result.stdout]).toEqual([2, ""]);
      expect(result.stderr).toContain(
        `expected a path below s3://${OUTPUTS.MailBucket}/mail/, where the mails of stage prod are, got ${path}`,
      );
    },
  );

  test("a bucket that may not be listed is told, status 1", async () => {
    const { replay, s3 } = await startPlace();
    s3.fail({ operation: "ListObjectsV2", answer: "AccessDenied" });
    const result = await replay();
    expect(result.status).toBe(1);
    expect(result.stderr).toContain(`mailroom: cannot read s3://${OUTPUTS.MailBucket}/mail/: Access Denied`);
  });
});
