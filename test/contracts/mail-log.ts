import * as fc from "fast-check";
import { describe, expect, onTestFinished, test } from "vitest";
import type { MailLog } from "../../shared/ports.ts";
import { anyText } from "../support/arbitrary-alerts.ts";
import { recordOf } from "../support/records.ts";

export interface MailLogHarness {
  readonly mailLog: MailLog;
  close(): Promise<void> | void;
}

/** What every mail log does. `startEmpty` gives a log without records. */
export function mailLogContract(name: string, startEmpty: () => Promise<MailLogHarness>): void {
  async function emptyLog(): Promise<MailLog> {
    const { mailLog, close } = await startEmpty();
    onTestFinished(close);
    return mailLog;
  }

  describe(`a mail log: ${name}`, () => {
    test("knows nothing of a mail that was never saved", async () => {
      expect(await (await emptyLog()).find("m1")).toBeUndefined();
    });

    test("gives back a record as it was saved", async () => {
      const mailLog = await emptyLog();
      await mailLog.save(recordOf());
      expect(await mailLog.find(recordOf().sesMessageId)).toEqual(recordOf());
    });

    test("keeps records of different mails apart", async () => {
      const mailLog = await emptyLog();
      const [first, second] = [recordOf({ sesMessageId: "m1" }), recordOf({ sesMessageId: "m2", outcome: "ignored" })];
      await mailLog.save(first);
      await mailLog.save(second);
      expect([await mailLog.find("m1"), await mailLog.find("m2"), await mailLog.find("M1")]).toEqual([
        first,
        second,
        undefined,
      ]);
    });

    test("a record saved again takes the place of the earlier one", async () => {
      const mailLog = await emptyLog();
      const { actions } = recordOf();
      const done = recordOf({ actions: actions.map((action) => ({ ...action, status: "done" })) });
      await mailLog.save(recordOf());
      await mailLog.save(done);
      expect(await mailLog.find(done.sesMessageId)).toEqual(done);
    });

    test("what a caller does to a record after saving or finding it changes nothing", async () => {
      const mailLog = await emptyLog();
      const record = structuredClone(recordOf());
      await mailLog.save(record);
      Object.assign(record, { outcome: "ignored" });
      Object.assign((await mailLog.find(record.sesMessageId)) ?? {}, { outcome: "quarantined" });
      expect(await mailLog.find(record.sesMessageId)).toEqual(recordOf());
    });

    test("gives back any text of a mail unchanged", async () => {
      const mailLog = await emptyLog();
      await fc.assert(
        fc.asyncProperty(anyText, anyText, async (subject, mailFrom) => {
          const { message, envelope } = recordOf();
          const record = recordOf({
            message: { ...message, subject },
            envelope: { ...envelope, mailFrom },
            receivedAt: null,
          });
          await mailLog.save(record);
          expect(await mailLog.find(record.sesMessageId)).toEqual(record);
        }),
        { numRuns: 50 },
      );
    });
  });
}
