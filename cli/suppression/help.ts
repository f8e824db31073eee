import { COMMAND, EXIT_STATUS, examples, sections } from "../help.ts";

/** What stands below the options in the help of each command. */
export const SUPPRESSION_HELP = sections(
  examples(
    `${COMMAND} suppression get jane@partner.example`,
    `${COMMAND} suppression add jane@partner.example --reason "asked us by phone" --expires 90`,
    `${COMMAND} suppression export suppressed.csv`,
    `${COMMAND} suppression import suppressed.csv --on-error skip`,
    `${COMMAND} suppression sync --from ses --table my-table`,
  ),
  EXIT_STATUS,
);
