import * as z from "zod";
import { ConfigurationError } from "../shared/errors.ts";

const DOMAIN = /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/;
/** `mail.example.com`, `.example.com` or `desk@example.com`: all that SES's recipient conditions know (SES fact 1.6). */
const CONDITION = /^(?:[^\s@*]+@|\.)?(?:[a-z0-9-]+\.)+[a-z0-9-]+$/i;
const TOPIC = /^[A-Za-z0-9_-]{1,64}$/;
/** SES takes no more in one rule (SES fact 1.3). */
const MAX_RECIPIENTS = 500;

/** What `--param` gives on the command line is text. */
const number = (what: string) =>
  z.preprocess(
    (value) => (typeof value === "string" && /^\d{1,9}$/.test(value) ? Number(value) : value),
    z.number(what).int(what),
  );
const days = (least: number) => between("a number of days", least, 36_500);

function between(what: string, least: number, most: number) {
  const wrong = `${what} from ${least} to ${most}`;
  return number(wrong).refine((value) => value >= least && value <= most, wrong);
}

/** What a stage may say, as serverless.yml hands it to the plugin. */
const settingsSchema = z
  .strictObject({
    folder: z.string().min(1),
    /** Names of buckets, queues and rules are made of it; rule names have at most 64 characters (SES fact 1.4). */
    stage: z.string().regex(/^[a-z][a-z0-9-]{0,19}$/, "at most 20 small letters, digits and dashes, a letter first"),
    region: z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/, "an AWS region, such as eu-west-1"),
    domain: z.string().regex(DOMAIN, "a domain in small letters, such as mail.example.com"),
    recipients: z
      .array(z.string().regex(CONDITION, "a domain, .domain or an address; SES knows no wildcards"), "a list")
      .max(MAX_RECIPIENTS, `${MAX_RECIPIENTS} recipients at most`),
    catchAll: z.preprocess(
      (value) => (value === "true" ? true : value === "false" ? false : value),
      z.boolean("true or false"),
    ),
    topics: z.array(z.string().regex(TOPIC, "a name of letters, digits, - and _"), "a list of names"),
    rulesSource: z.enum(["bundle", "s3"], "bundle or s3"),
    screening: z.enum(["none", "beforeStoring"], "none or beforeStoring"),
    identity: z.enum(["create", "existing"], "create or existing"),
    tlsPolicy: z.enum(["Optional", "Require"], "Optional or Require"),
    rawMailDays: days(1),
    recordDays: days(40),
    memory: between("megabytes", 256, 10_240),
    mailFromSubdomain: z.string().regex(/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/, "one label of a domain, such as bounce"),
    noMailHours: between("a number of hours", 0, 24),
  })
  .superRefine((settings, context) => {
    const refuse = (path: string, message: string, input: unknown) =>
      context.addIssue({ code: "custom", path: [path], message, input });
    const { recipients, catchAll, topics } = settings;
    if (recipients.length === 0 && !catchAll) refuse("recipients", CATCH_ALL, recipients);
    if (recipients.length > 0 && catchAll) refuse("catchAll", "false, because recipients are named", catchAll);
    for (const name of ["default", "operator"]) {
      if (!topics.includes(name)) refuse("topics", `a topic named ${name} among them`, topics);
    }
    if (new Set(topics).size < topics.length) refuse("topics", "each name once", topics);
  });

const CATCH_ALL =
  "at least one: without any, SES hands over the mail of every verified domain of the account. If that is meant, say catchAll: true";

export type StageSettings = z.output<typeof settingsSchema>;

/**
 * Checks what serverless.yml says of a stage.
 *
 * @throws {ConfigurationError} with everything that is wrong, one line each
 */
export function readStageSettings(value: unknown): StageSettings {
  const read = settingsSchema.safeParse(value, { reportInput: true });
  if (read.success) return read.data;
  const stage = typeof value === "object" && value !== null && "stage" in value ? String(value.stage) : "?";
  const lines = read.error.issues.map(({ path, message, input }) => {
    const got = input === undefined ? "" : `, got ${JSON.stringify(input)}`;
    return `serverless.yml, stage ${stage}: ${path.join(".")}: expected ${message}${got}`;
  });
  throw new ConfigurationError(lines.join("\n"));
}
