import { screenAll } from "../shared/inbound/screen-mail.ts";
import { readScreenMailConfig } from "../shared/lambda/config.ts";
import { lambdaHandler } from "../shared/lambda/handler.ts";
import { jsonLog } from "../shared/lambda/log.ts";
import { createMeter } from "../shared/lambda/meter.ts";
import { rulesInForce } from "../shared/lambda/rules-in-force.ts";
import { lazy } from "../shared/lazy.ts";
import { readSesEvent } from "../shared/receipt/ses-event.ts";
import { systemClock as clock } from "../shared/system-clock.ts";

const write = (line: string) => process.stdout.write(line);
const log = jsonLog(write);
const policy = lazy(() => {
  const config = readScreenMailConfig(process.env, import.meta.dirname);
  return rulesInForce(config, {
    // Loaded where it is used: most desks do not read rules from S3, and SES waits for the answer.
    openSource: async (bucket) => (await import("../shared/aws/s3-rules-source.ts")).s3RulesSource(bucket),
    prepare: (rules) => rules.policy,
    clock,
    log,
    // The operator is told by process-mail, which has the topics.
    onBroken: createMeter({ stage: config.stage, clock, write }).brokenRules,
  });
});

/**
 * Answers SES, which waits for it at most 30 seconds, whether a mail goes on.
 *
 * When screening fails, it does: what SES makes of an error is not documented (SES fact 1.12), and the two mistakes are
 * not alike. A mail let through by mistake is stored and meets the same policy again in process-mail; a mail stopped by
 * mistake is gone. For the same reason the rules are read inside the handler, where a broken file is such a failure.
 */
export const handler = lambdaHandler({ log, answerOnFailure: { disposition: "CONTINUE" } }, async (event) => ({
  disposition: screenAll(readSesEvent(event), await policy()()),
}));
