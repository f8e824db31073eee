import { reasonOf } from "../reason.ts";
import { error, type Finding, type Found } from "./finding.ts";

/** One check: what is looked at, and what is found in it. */
export interface Examination {
  /** Names the check, for scripts. */
  readonly check: string;
  /** @throws whatever keeps it from being looked at */
  examine(): Promise<readonly Found[]>;
  /** What whoever runs the check must be allowed: IAM actions, or words for it. */
  readonly needs: string;
}

/** A check of what is gathered first. */
export function examination<Facts>(
  check: string,
  needs: string,
  gather: () => Facts | Promise<Facts>,
  judge: (facts: Facts) => readonly Found[],
): Examination {
  return { check, needs, examine: async () => judge(await gather()) };
}

/** Does all checks at once, and gives their findings in the order of the checks. One that cannot be made is a finding, too. */
export async function examineAll(examinations: readonly Examination[]): Promise<readonly Finding[]> {
  const findings = await Promise.all(examinations.map(examineOne));
  return findings.flat();
}

async function examineOne({ check, needs, examine }: Examination): Promise<readonly Finding[]> {
  try {
    const found = await examine();
    return found.map((each) => ({ check, ...each }));
  } catch (failure) {
    // The SDK adds a line on how to debug it.
    const [reason] = reasonOf(failure).split("\n");
    return [{ check, ...error(`could not be checked: ${reason}`, `It needs ${needs}.`) }];
  }
}
