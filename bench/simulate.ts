import { dayScenario } from "./simulation/day-scenario.ts";
import { findings } from "./simulation/findings.ts";
import { type SimulateOptions, simulateCommand } from "./simulation/options.ts";
import { jsonOf, linesOf } from "./simulation/report.ts";
import { simulate } from "./simulation/simulate.ts";

// Simulates the busiest part of a day of mail and prints what would become of it: npm run simulate -- --mails-per-day 100000000

/** The exit status of a call that is not understood. */
const USAGE = 2;

const options = simulateCommand()
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : USAGE))
  .parse()
  .opts<SimulateOptions>();
// Whoever closes the pipe has seen enough.
process.stdout.on("error", () => process.exit());
const found = findings(options, simulate(dayScenario(options)));
process.stdout.write(options.json ? jsonOf(found) : linesOf(found));
