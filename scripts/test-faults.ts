// Prints what comes of a mail whose run is killed after each of its port calls in turn and which is then delivered again.

import { KEEPINGS } from "../test/faults/keepings.ts";
import { faultMatrix, type MatrixRow, WINDOW } from "../test/faults/matrix.ts";
import { REDELIVERIES, WAYS } from "../test/faults/redeliver.ts";
import { SCENARIOS } from "../test/faults/scenarios.ts";

const CALL_WIDTH = 30;
// Whoever closes the pipe has seen enough.
process.stdout.on("error", () => process.exit());
const print = (line: string) => process.stdout.write(`${line}\n`);

print("How often each alert was published when the first run was killed after a port call, by number of redeliveries.");
print(
  `"${WINDOW}" is the one window in which an alert goes out twice: a crash after it went out and before that is marked.`,
);

let trials = 0;
let wrongs = 0;
let doubled = 0;
for (const { name, open } of KEEPINGS) {
  const keeping = await open();
  for (const scenario of SCENARIOS) {
    print(`\n${scenario.name}; mail log in ${name}`);
    print(`${"killed after".padEnd(CALL_WIDTH + 5)}${WAYS.map((way) => way.padEnd(20)).join("")}`);
    print(
      `${"".padEnd(CALL_WIDTH + 5)}${WAYS.map(() => REDELIVERIES.map((n) => `${n}x`.padEnd(4)).join("")).join("")}`,
    );
    for await (const row of faultMatrix(scenario, keeping)) print(line(row));
  }
  await keeping.close();
}
print(`\n${trials} trials: ${wrongs} wrong; an alert went out twice in ${doubled}, all of them in the window.`);
process.exitCode = trials > 0 && wrongs === 0 ? 0 : 1;

function line({ point, killedAfter, cells }: MatrixRow): string {
  const shown = cells.map(({ trial, wrong }) => {
    const most = Math.max(0, ...Object.values(trial.counts));
    trials += 1;
    wrongs += wrong.length > 0 ? 1 : 0;
    doubled += most === 2 ? 1 : 0;
    return (wrong.length > 0 ? "!!" : String(most)).padEnd(4);
  });
  const told = [...new Set(cells.flatMap(({ wrong }) => wrong))].join("; ");
  return `${String(point).padStart(3)}  ${killedAfter.padEnd(CALL_WIDTH)}${shown.join("")}${told}`.trimEnd();
}
