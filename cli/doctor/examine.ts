import { NotInZoneError } from "../../shared/errors.ts";
import { reasonOf } from "../reason.ts";
import { error, type Finding, type Found, info } from "./finding.ts";

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
    if (failure instanceof NotInZoneError) return [{ check, ...info(`not checked: ${failure.message}`, NOT_IN_ZONE) }];
    // The SDK adds a line on how to debug it.
    const [reason = ""] = reasonOf(failure).split("\n");
    const why = isDenial(failure) ? `It needs ${needs}.` : "Run it again; what is not known is not in order.";
    return [{ check, ...error(`could not be checked: ${reason}`, why) }];
  }
}

/** Each service has its own name for it. */
function isDenial(failure: unknown): boolean {
  return (
    failure instanceof Error &&
    /AccessDenied|NotAuthorized|AuthorizationError|Unauthorized|Forbidden/.test(failure.name)
  );
}

const NOT_IN_ZONE = "It is about other names: what DNS says of this one is not known.";
