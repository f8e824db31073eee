import { screenAll } from "../shared/inbound/screen-mail.ts";
import { readScreenMailConfig } from "../shared/lambda/config.ts";
import { lambdaHandler } from "../shared/lambda/handler.ts";
import { jsonLog } from "../shared/lambda/log.ts";
import { readDeployedRules } from "../shared/lambda/rules.ts";
import { lazy } from "../shared/lazy.ts";
import { readSesEvent } from "../shared/receipt/ses-event.ts";

const log = jsonLog((line) => process.stdout.write(line));
const policy = lazy(() => readDeployedRules(readScreenMailConfig(process.env).rulesFile).policy);

/**
 * Answers SES, which waits for it at most 30 seconds, whether a mail goes on.
 *
 * When screening fails, it does: what SES makes of an error is not documented (SES fact 1.12), and the two mistakes are
 * not alike. A mail let through by mistake is stored and meets the same policy again in process-mail; a mail stopped by
 * mistake is gone. For the same reason the rules are read inside the handler, where a broken file is such a failure.
 */
export const handler = lambdaHandler({ log, answerOnFailure: { disposition: "CONTINUE" } }, async (event) => ({
  disposition: screenAll(readSesEvent(event), policy()),
}));
