import { DAY } from "../../../shared/suppression/days.ts";
import { error, type Found, ok, warning } from "../finding.ts";

/** When AWS gives up a runtime of Lambda (SES fact 6.2, as known on 2026-11-24; dates move now and then). */
const RUNTIMES: Readonly<Record<string, { readonly deprecated: string; readonly noUpdate: string }>> = {
  "nodejs24.x": { deprecated: "2028-04-30", noUpdate: "2028-07-01" },
  "nodejs22.x": { deprecated: "2027-04-30", noUpdate: "2027-07-01" },
  "nodejs20.x": { deprecated: "2026-04-30", noUpdate: "2026-09-30" },
};

/** A change of runtime is planned so long before. */
const SOON = 180 * DAY;

export interface FunctionRuntime {
  readonly name: string;
  readonly runtime: string;
}

/** @param now ISO 8601 */
export function checkRuntimes(functions: readonly FunctionRuntime[], now: string, mend: string): readonly Found[] {
  return [...Map.groupBy(functions, ({ runtime }) => runtime)].map(([runtime, with_]) =>
    checkRuntime(runtime, with_.map(({ name }) => name).join(", "), now, mend),
  );
}

function checkRuntime(runtime: string, names: string, now: string, mend: string): Found {
  const dates = RUNTIMES[runtime];
  if (dates === undefined)
    return warning(
      `${runtime} of ${names} is not a runtime that was known on 2026-11-24`,
      "It is not known how long AWS supports it.",
    );
  const { deprecated, noUpdate } = dates;
  const upgrade = ["git pull, npm ci, then:", mend];
  if (now >= noUpdate)
    return error(
      `${runtime} of ${names} cannot be updated since ${noUpdate}`,
      "The functions run, and no mistake in them can be mended.",
      ...upgrade,
    );
  if (now >= deprecated)
    return warning(
      `${runtime} of ${names} is not supported since ${deprecated}`,
      `It gets no security fixes, and from ${noUpdate} no update is possible.`,
      ...upgrade,
    );
  if (Date.parse(deprecated) - Date.parse(now) < SOON)
    return warning(
      `${runtime} of ${names} is supported until ${deprecated}`,
      "From then on it gets no security fixes.",
      ...upgrade,
    );
  return ok(`${runtime} is supported until ${deprecated}`);
}
