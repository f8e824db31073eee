import { type Examination, examination } from "../examine.ts";
import type { Found } from "../finding.ts";

/** A check of a template: nothing but the template keeps it from being made. */
export function packagedExamination<Facts>(
  check: string,
  gather: () => Facts,
  judge: (facts: Facts) => readonly Found[],
): Examination {
  return examination(check, "a template that npm run package wrote", gather, judge);
}
