/** How the command is called from the project's folder; npm would print a line of its own into a pipe. */
export const COMMAND = "npm run mailroom --";
const COMMAND_IN_PIPE = "npm run --silent mailroom --";

const PATHS = `PATH is
  a file              a mail whatever its name; or an mbox, whose mails are FILE#1, FILE#2, …
  a folder            every file in it and below that begins like a mail, whatever its name; a Maildir too
  s3://bucket/prefix  the objects under a prefix, with the AWS credentials of your environment`;

const REPLAY_STAGE = `With --stage NAME the mails are those that the deployment mailroom-NAME keeps; PATH, if any, is an s3:// path below them. Each is decided about
on what its mail log knows: who it was to, and SES's verdicts. An alert is missed when the rules call for it and it never went out;
--apply sends it through the deployment's own topics, and marks it where its functions look: nothing is sent twice, whoever runs at once.
Rules are those of the deployment: rules/NAME.yml, or the ones in its bucket. A rule that was renamed is another rule, and a new rule
alerts for old mails, too: look at the dry run, and say --since.
WHEN is a date, a time (UTC unless it says otherwise), or an age: 30m, 24h, 7d, 2w.`;

const EVENT_PATHS = `FILE is
  a file    what SES sent, as JSON: bare, or as SNS, SQS, EventBridge or a dead-letter queue carried it; or such an event on each line
  a folder  every file in it and below that begins like JSON, whatever its name`;

const TABLE = `The table is
  --state FILE   a file on this machine, the same as that of replay --apply
  --table NAME   a table in DynamoDB, with the region and the credentials of your AWS environment
  --stage NAME   the table of a deployment, as its stack mailroom-NAME tells it`;

const LIST_FILES = `FILE has one address a line, UTF-8
  CSV      the header address,reason,since,expiresAt,spelling in any order; without a header the fields in this order, so that SES's
           bulk files (address,BOUNCE) are read as well. No field may have a line break in it. An address that begins with = + - or @ stays as
           it is: a spreadsheet must be told that it is text
  NDJSON   objects with these keys, or with SES's (emailAddress, reason)
  reason   SES's BOUNCE or COMPLAINT, or a word that suppression list shows. An empty expiresAt means never; without one, the policy says
           when it ends. Without since, it is from now on`;

const SYNC = `--from ses takes over every entry of SES's list that suppresses what the table does not, also COMPLAINT over BOUNCE, and lifts
what the table knows only from SES's list (accountList) as soon as that list no longer has it.
--to ses puts bounces and complaints on SES's list, changes BOUNCE to COMPLAINT, and deletes what a person removed from the table after
SES listed it. Reasons of other kinds are not SES's: it knows no entry that ends.
Spellings that differ in capital letters alone are one address; SES's entries are changed in SES's own spelling.`;

const RULES_SET = `Without --apply nothing is changed. What was before a change is kept in the configuration bucket of the deployment, as
receipt-rule-set/before.json, so that restore puts it back, whoever runs it. npm run remove restores by itself.
SES runs every rule of the active set that takes a mail, in their order. Whose mail a rule takes:
  jane@acme.example   that address, and with any label (jane+x@acme.example)
  acme.example        every address at the domain, not at its subdomains
  .acme.example       every address at every subdomain, not at the domain itself
  no recipient        every address at every verified domain`;

const DNS_FORMATS = `FORMAT is
  zone     a zone file (RFC 1035) of whole names, which any name server and most providers take
  route53  a change batch for aws route53 change-resource-record-sets. It replaces the MX that a name has now, and MX and TXT of
           the MAIL FROM domain. TXT of _dmarc and _amazonses are left out, because others may stand there: they are told on stderr`;

const DOCTOR = `--template checks a CloudFormation template as npm run package writes it; with --region also whether SES receives mail there.
--dns-file reads a zone file (RFC 1035: $ORIGIN, $TTL, no $INCLUDE), so that records are checked before they are published.
Names that it is not about are not checked.
What cannot be looked at is an error, and says which permission is missing. With --json one object a finding: check, level (error,
warning, info, ok), what, why, mend.`;

const DOCTOR_STATUS =
  "Exit status: 0 no errors, 1 an error or a check that could not be made, 2 wrong use or configuration.";

const DEAD_LETTERS = `QUEUE is
  bounces     events of bounces, which record-bounce could not record in five tries; --apply sends them back to its queue
  complaints  events of complaints, in the same way
  mail        announcements of mail, on which process-mail failed in three tries; --apply calls it with them again
A message is deleted after it was sent, so that a run which dies repeats it and never loses it: nothing is recorded or alerted twice
by that. What holds no event stays in the queue of mail; to the others it goes back as it is, and their function decides.
Messages are kept for 14 days. While a run looks at them, no other run sees them.`;

const EXIT_STATUS =
  "Exit status: 0 done, 1 something failed that the output names, 2 wrong use or configuration, 130 stopped by Ctrl-C.";

/** What stands below the options in the help of each command. */
export const HELP = {
  replay: sections(
    PATHS,
    REPLAY_STAGE,
    examples(
      `${COMMAND} replay samples/mail`,
      `${COMMAND} replay ~/Maildir --rules rules.yml --workers 2`,
      `${COMMAND_IN_PIPE} replay archive.mbox --json | jq -r 'select(.matches != []) | .source'`,
      `${COMMAND} replay --stage prod --since 24h`,
      `${COMMAND} replay --stage prod --since 2026-11-24T08:00:00Z --until 2026-11-24T10:00:00Z --apply`,
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
  suppressionGet: sections(
    TABLE,
    examples(
      `${COMMAND} suppression get jane@example.com`,
      `${COMMAND_IN_PIPE} suppression get jane@example.com --json | jq .suppressed`,
    ),
    EXIT_STATUS,
  ),
  suppressionList: sections(
    TABLE,
    examples(
      `${COMMAND} suppression list --reason complaint --since 2026-11-01`,
      `${COMMAND_IN_PIPE} suppression list --json | jq -r .address`,
    ),
    EXIT_STATUS,
  ),
  suppressionAdd: sections(
    TABLE,
    examples(
      `${COMMAND} suppression add jane@example.com --reason "asked by telephone"`,
      `${COMMAND} suppression add jane@example.com --reason "away until spring" --expires 90`,
    ),
    EXIT_STATUS,
  ),
  suppressionRemove: sections(
    TABLE,
    examples(`${COMMAND} suppression remove jane@example.com --reason "her mailbox works again"`),
    EXIT_STATUS,
  ),
  suppressionImport: sections(
    TABLE,
    LIST_FILES,
    examples(
      `${COMMAND} suppression import suppressed.csv`,
      `${COMMAND} suppression import - --format ndjson --on-error stop < suppressed.ndjson`,
    ),
    EXIT_STATUS,
  ),
  suppressionExport: sections(
    TABLE,
    LIST_FILES,
    examples(
      `${COMMAND} suppression export suppressed.csv`,
      `${COMMAND_IN_PIPE} suppression export --format ndjson | gzip > suppressed.gz`,
    ),
    EXIT_STATUS,
  ),
  suppressionSync: sections(
    TABLE,
    SYNC,
    examples(
      `${COMMAND} suppression sync --from ses --stage production`,
      `${COMMAND} suppression sync --to ses --stage production --apply`,
    ),
    EXIT_STATUS,
  ),
  forget: sections(
    examples(
      `${COMMAND} forget jane@example.com`,
      `${COMMAND} forget jane@example.com --mails .mailroom/mails --apply`,
      `${COMMAND} forget jane@example.com --stage prod --apply`,
    ),
    EXIT_STATUS,
  ),
  rulesCheck: sections(
    examples(`${COMMAND} rules check`, `${COMMAND_IN_PIPE} rules check rules.yml --json | jq -r .message`),
    EXIT_STATUS,
  ),
  rulesDeploy: sections(
    examples(
      `${COMMAND} rules deploy --stage prod`,
      `${COMMAND} rules deploy --stage prod --file rules/new.yml --apply`,
    ),
    EXIT_STATUS,
  ),
  rulesSet: sections(
    RULES_SET,
    examples(
      `${COMMAND} rules-set status --stage prod`,
      `${COMMAND} rules-set activate --stage prod --apply`,
      `${COMMAND} rules-set merge --position first --stage prod --apply`,
      `${COMMAND} rules-set restore --stage prod`,
    ),
    EXIT_STATUS,
  ),
  dns: sections(
    DNS_FORMATS,
    examples(
      `${COMMAND} dns --stage prod`,
      `${COMMAND_IN_PIPE} dns --stage prod > prod.zone`,
      `${COMMAND_IN_PIPE} dns --stage prod --format route53 > prod.json`,
      "aws route53 change-resource-record-sets --hosted-zone-id ID --change-batch file://prod.json",
    ),
    EXIT_STATUS,
  ),
  doctor: sections(
    DOCTOR,
    examples(
      `${COMMAND} doctor --stage prod`,
      `${COMMAND} doctor --stage prod --dns-file prod.zone`,
      `${COMMAND} doctor --template .serverless/cloudformation-template-update-stack.json`,
      `${COMMAND_IN_PIPE} doctor --stage prod --json | jq -r 'select(.level == "error") | .what'`,
    ),
    DOCTOR_STATUS,
  ),
  redrive: sections(
    DEAD_LETTERS,
    examples(
      `${COMMAND} redrive --stage prod`,
      `${COMMAND} redrive --stage prod --queue mail --limit 1 --apply`,
      `${COMMAND_IN_PIPE} redrive --stage prod --json | jq -c .failure`,
    ),
    EXIT_STATUS,
  ),
  cost: sections(
    examples(
      `${COMMAND} cost --mails 1000000 --size 75KB`,
      `${COMMAND} cost --mails 20000 --size 2MB --matched 20% --keep-days 30`,
      `${COMMAND_IN_PIPE} cost --mails 1000000 --size 75KB --json | jq .total`,
    ),
    EXIT_STATUS,
  ),
} as const;

function sections(...texts: readonly string[]): string {
  return `\n${texts.join("\n\n")}`;
}

function examples(...lines: readonly string[]): string {
  return ["Examples:", ...lines.map((line) => `  ${line}`)].join("\n");
}
