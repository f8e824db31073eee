import { startDeployedAccount } from "../../support/deployed-account.ts";
import { OUTPUTS } from "../../support/deployment-outputs.ts";
import type { Answers } from "../../support/fake-account.ts";
import { objects } from "../run-mailroom.ts";

type Place = Awaited<ReturnType<typeof start>>;

/** Recipients are in the domain alone, so that its MX is the only one that is looked for. */
export const start = (said: Partial<Answers> = {}, outputs: Readonly<Record<string, string>> = {}) =>
  startDeployedAccount(said, { Recipients: `[${OUTPUTS.Domain}]`, ...outputs });

/** The zone that `dns` prints. */
export const wholeZone = async ({ run }: Place) => (await run("dns")).stdout;

/** What is not in order, as `check level`. */
export async function wrong(place: Place, zone?: string): Promise<readonly string[]> {
  const found = objects(await place.doctor(zone ?? (await wholeZone(place)), "--json"));
  return found.filter(({ level }) => level !== "ok" && level !== "info").map(({ check, level }) => `${check} ${level}`);
}
