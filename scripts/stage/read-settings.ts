import { ConfigurationError } from "../../shared/errors.ts";
import { withNearest } from "../../shared/text/nearest-word.ts";
import { type StageSettings, settingsSchema } from "./settings-schema.ts";

/** One thing that is wrong with a parameter. */
interface Refusal {
  readonly parameter: string;
  readonly expected: string;
  readonly got: unknown;
}

/**
 * Checks what serverless.yml says of a stage.
 *
 * @throws {ConfigurationError} with everything that is wrong, one line each
 */
export function readStageSettings(value: unknown): StageSettings {
  const read = settingsSchema.safeParse(value, { reportInput: true });
  const refusals = read.success
    ? refusalsOf(read.data)
    : read.error.issues.map(({ path, message, input }) => ({
        parameter: path.join("."),
        expected: message,
        got: input,
      }));
  if (read.success && refusals.length === 0) return read.data;
  const stage = typeof value === "object" && value !== null && "stage" in value ? String(value.stage) : "?";
  const lines = refusals.map(({ parameter, expected, got }) => {
    const shown = got === undefined ? "" : `, got ${JSON.stringify(got)}`;
    return `serverless.yml, stage ${stage}: ${parameter}: expected ${expected}${shown}`;
  });
  throw new ConfigurationError(lines.join("\n"));
}

/** What no parameter tells by itself. */
function refusalsOf(settings: StageSettings): Refusal[] {
  const { said, known, deploys, stage, domain, recipients, catchAll, topics, recordDays, rawMailDays } = settings;
  const alike = topics.find((name, place) =>
    topics.some((other, before) => before < place && plain(other) === plain(name)),
  );
  const missing = ["default", "operator"].filter((name) => !topics.includes(name));
  const unknown = said.filter((name) => !known.includes(name));
  return [
    ...unknown.map((name) => ({
      parameter: name,
      expected: `a parameter that there is${withNearest(name, known)}`,
      got: undefined,
    })),
    // The stage dev may be deployed as cloned, to an emulator; a real desk is somebody's.
    ...refuseIf(
      deploys && stage !== "dev" && isExample(domain),
      "domain",
      `yours: say it under params.${stage}`,
      domain,
    ),
    ...refuseIf(recipients.length === 0 && !catchAll, "recipients", CATCH_ALL, recipients),
    ...refuseIf(recipients.length > 0 && catchAll, "catchAll", "false, because recipients are named", catchAll),
    ...missing.flatMap((name) => refuseIf(true, "topics", `a topic named ${name} among them`, topics)),
    ...refuseIf(
      alike !== undefined,
      "topics",
      `names that differ in letters and digits ("${alike}" comes again)`,
      topics,
    ),
    // A mail whose record is gone is new: a replay would alert once more.
    ...refuseIf(recordDays < rawMailDays, "recordDays", `rawMailDays (${rawMailDays}) or more`, recordDays),
  ];
}

function refuseIf(isWrong: boolean, parameter: string, expected: string, got: unknown): Refusal[] {
  return isWrong ? [{ parameter, expected, got }] : [];
}

/** Nobody's domain (RFC 2606). */
export function isExample(domain: string): boolean {
  return /(?:^|\.)example\.(?:com|net|org)$/.test(domain);
}

const CATCH_ALL =
  "at least one: without any, SES hands over the mail of every verified domain of the account. If that is meant, say catchAll: true";

/** The logical ids of topics in the template know no other signs, and no capitals but their own. */
function plain(name: string): string {
  return name.replaceAll(/[^A-Za-z0-9]/g, "").toLowerCase();
}
