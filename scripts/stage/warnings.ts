import { receivesMail } from "../../shared/receipt/receiving-regions.ts";
import { isExample } from "./read-settings.ts";
import type { StageSettings } from "./settings-schema.ts";

/** Two quotas are told for recipients; from the smaller one on somebody should look (SES fact 1.3). */
const DOUBTED_RECIPIENTS = 100;

/** What a person should know before a stage is deployed, and what is no mistake. */
export function warningsAbout({ region, recipients, domain }: StageSettings): string[] {
  return [
    ...(receivesMail(region) ? [] : [`it is not known whether SES receives mail in ${region}`]),
    ...(recipients.length > DOUBTED_RECIPIENTS
      ? [
          `${recipients.length} recipients: SES's guide says that a rule has ${DOUBTED_RECIPIENTS} at most, its quotas say 500`,
        ]
      : []),
    ...(isExample(domain) ? [`the domain is still ${domain}: say yours under params in serverless.yml`] : []),
  ];
}
