/** How the command is called from the project's folder; npm would print a line of its own into a pipe. */
export const COMMAND = "npm run mailroom --";
const COMMAND_IN_PIPE = "npm run --silent mailroom --";

const PATHS = `PATH is
  a file              a mail whatever its name; or an mbox, whose mails are FILE#1, FILE#2, …
  a folder            every file in it and below that begins like a mail, whatever its name; a Maildir too
  s3://bucket/prefix  the objects under a prefix, with the AWS credentials of your environment`;

const EVENT_PATHS = `FILE is
  a file    what SES sent, as JSON: bare, or as SNS, SQS, EventBridge or a dead-letter queue carried it; or such an event on each line
  a folder  every file in it and below that begins like JSON, whatever its name`;

export const EXIT_STATUS =
  "Exit status: 0 done, 1 something failed that the output names, 2 wrong use or configuration, 130 stopped by Ctrl-C.";

/** What stands below the options in the help of each command. */
export const HELP = {
  replay: sections(
    PATHS,
    examples(
      `${COMMAND} replay samples/mail`,
      `${COMMAND} replay ~/Maildir --rules rules.yml --workers 2`,
      `${COMMAND_IN_PIPE} replay archive.mbox --json | jq -r 'select(.matches != []) | .source'`,
    ),
    EXIT_STATUS,
  ),
  parse: sections(
    PATHS,
    examples(`${COMMAND} parse strange.eml`, `${COMMAND_IN_PIPE} parse archive.mbox --json | jq -r .subject`),
    EXIT_STATUS,
  ),
  feedback: sections(
    EVENT_PATHS,
    examples(
      `${COMMAND} feedback samples/events`,
      `${COMMAND} feedback dead-letters.ndjson --apply`,
      `${COMMAND_IN_PIPE} feedback archive --json | jq -r 'select(.effect == "suppress") | .recipient'`,
    ),
    EXIT_STATUS,
  ),
  rulesCheck: sections(
    examples(`${COMMAND} rules check`, `${COMMAND_IN_PIPE} rules check rules.yml --json | jq -r .message`),
    EXIT_STATUS,
  ),
} as const;

export function sections(...texts: readonly string[]): string {
  return `\n${texts.join("\n\n")}`;
}

export function examples(...lines: readonly string[]): string {
  return ["Examples:", ...lines.map((line) => `  ${line}`)].join("\n");
}
