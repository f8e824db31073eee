import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { Readable } from "node:stream";
import { composeNotification, MAX_NOTIFICATION_BYTES, notificationBytes } from "../../shared/alerts/notification.ts";
import type { Evaluation } from "../../shared/inbound/decide.ts";
import { evaluateMail } from "../../shared/inbound/evaluate-mail.ts";
import { keptRecord } from "../../shared/inbound/kept-record.ts";
import { compileRules } from "../../shared/rules/compile-rules.ts";
import { readRules } from "../../shared/rules/read-rules.ts";
import { recordFaults } from "../support/record-faults.ts";
import { createMeter, type FuzzTarget, none } from "./fuzz-target.ts";
import { mutatedMail } from "./mail-mutations.ts";

const RULES_YML = readFileSync(new URL("../../samples/rules.yml", import.meta.url), "utf8");
const rules = compileRules(readRules(RULES_YML, "samples/rules.yml"));

export function mailTarget(): FuzzTarget<string> {
  const meter = createMeter();
  const evaluated = (size: number, raw: Uint8Array | Readable): Promise<Evaluation> =>
    meter.time(size, () => evaluateMail({ raw, storageKey: "fuzz", trustHeaders: true }, rules));
  return {
    name: "mails",
    promise: "each gives a record as the schema says, the same in other chunks, and alerts that SNS takes",
    inputs: mutatedMail,
    spent: meter.spent,
    bytes: (mail) => Buffer.from(mail, "latin1"),
    async holds(mail) {
      const raw = Buffer.from(mail, "latin1");
      const evaluation = await evaluated(raw.length, raw);
      const again = await evaluated(raw.length, Readable.from(inPieces(raw)));
      none([...recordFaults(evaluation.record), ...recordFaults(keptRecord(evaluation.record))]);
      none(faults(evaluation, raw));
      none(JSON.stringify(again) === JSON.stringify(evaluation) ? [] : ["it is another record in other chunks"]);
    },
  };
}

function faults({ record, alerts }: Evaluation, raw: Uint8Array): readonly string[] {
  const sha256 = createHash("sha256").update(raw).digest("hex");
  const tooLarge = alerts.filter((alert) => notificationBytes(composeNotification(alert)) > MAX_NOTIFICATION_BYTES);
  const found = {
    "the size is another": record.size !== raw.length,
    "the hash is another": record.sha256 !== sha256,
    "an action has no alert": alerts.map(({ id }) => id).join() !== record.actions.map(({ id }) => id).join(),
    "SNS takes no such alert": tooLarge.length > 0,
  };
  return Object.entries(found).flatMap(([fault, is]) => (is ? [fault] : []));
}

/** Chunks of a size that divides nothing. */
function* inPieces(raw: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < raw.length; at += 997) yield raw.subarray(at, at + 997);
}
