import * as z from "zod/mini";
import { ConfigurationError } from "../errors.ts";
import { withNearest } from "../text/nearest-word.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

/** Our variables begin so. */
const PREFIX = "MAILROOM_";

/** Our secrets end so. An error message is logged, so it says of a secret only how long it is. */
const SECRET_SUFFIX = "_KEY";

/**
 * Reads variables of the environment and checks them.
 *
 * Every schema's message says what is expected. A variable of ours that no function knows is refused, because it is
 * most likely a misspelt one whose default would now be used in silence.
 *
 * @param known all variables that any function of Mailroom reads; one environment may serve several functions
 * @throws {ConfigurationError} with everything that is missing, wrong or unknown, one line each
 */
export function readEnvironment<Shape extends z.core.$ZodShape>(
  env: Environment,
  shape: Shape,
  known: readonly string[],
): z.output<z.ZodMiniObject<Shape>> {
  const checked = z.object(shape).safeParse(env);
  const problems = [
    ...(checked.error?.issues ?? []).map(({ path, message }) => {
      const name = String(path[0]);
      return `${name}: expected ${message}, got ${shown(name, env[name])}`;
    }),
    ...Object.keys(env)
      .filter((name) => name.startsWith(PREFIX) && !known.includes(name))
      .map((name) => `${name}: no such variable${withNearest(name, known)}`),
  ];
  if (!checked.success || problems.length > 0) throw new ConfigurationError(problems.join("\n"));
  return checked.data;
}

function shown(name: string, value: string | undefined): string {
  if (value === undefined) return "nothing";
  if (name.endsWith(SECRET_SUFFIX)) return `${value.length} characters`;
  return value.length > 200 ? `"${value.slice(0, 200)}…"` : `"${value}"`;
}
