import { outputsSchema } from "../../../cli/deployment/outputs.ts";
import type { Found } from "../../../cli/doctor/finding.ts";
import { subjectOf } from "../../../cli/doctor/subject.ts";
import { OUTPUTS } from "../../support/deployment-outputs.ts";

/** The deployment `OUTPUTS`, as checks are told of it. */
export const SUBJECT = subjectOf(outputsSchema.parse(OUTPUTS), undefined);

export const NOW = "2026-11-24T08:00:00.000Z";

/** Findings as `level: what`, for tables. */
export function told(found: readonly Found[]): readonly string[] {
  return found.map(({ level, what }) => `${level}: ${what}`);
}
