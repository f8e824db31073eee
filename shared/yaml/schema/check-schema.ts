import type * as z from "zod";
import type { Checked, Finding } from "./finding.ts";
import { sentence } from "./sentences.ts";

type Issue = z.core.$ZodIssue;

/** Checks plain values against a schema: the value with defaults filled in, or all that is wrong, in sentences. */
export function checkSchema<Schema extends z.ZodType>(schema: Schema, given: unknown): Checked<z.output<Schema>> {
  const { success, data, error } = schema.safeParse(given, { error: sentence });
  return success ? { value: data } : { findings: error.issues.flatMap((issue) => findings(issue, [])) };
}

function findings(issue: Issue, base: Finding["path"]): readonly Finding[] {
  const path = [...base, ...issue.path.map((step) => (typeof step === "number" ? step : String(step)))];
  if (issue.code === "unrecognized_keys") return unknownKeys(issue, path);
  if (issue.code === "invalid_union") {
    const meant = meantBranch(issue);
    if (meant !== undefined) return meant.flatMap((inner) => findings(inner, path));
  }
  // A mapping whose keys are not fixed: what is wrong with this key.
  if (issue.code === "invalid_key") return issue.issues.map(({ message }) => ({ path, message, part: "key" }));
  return [{ path, message: issue.message }];
}

/** The schema's message for unknown keys has a line for each. */
function unknownKeys(issue: z.core.$ZodIssueUnrecognizedKeys, path: Finding["path"]): readonly Finding[] {
  const lines = issue.message.split("\n");
  return issue.keys.map((key, index) => ({
    path: [...path, key],
    message: lines[index] ?? issue.message,
    part: "key",
  }));
}

/** Of a value that may be written in several forms: the only one that it can be meant for, if there is such. */
function meantBranch({ errors }: z.core.$ZodIssueInvalidUnion): readonly Issue[] | undefined {
  const wrongInside = errors.filter((issues) => issues.every(({ path }) => path.length > 0));
  const rightKind = errors.filter(
    (issues) => !issues.some(({ code, path }) => code === "invalid_type" && path.length === 0),
  );
  return [wrongInside, rightKind].find((branches) => branches.length === 1)?.[0];
}
