import { expect } from "vitest";
import * as z from "zod";

/** What CloudWatch takes of the embedded metric format, and no more. */
const name = z.string().regex(/^[!-~]{1,255}$/);
const directive = z.strictObject({
  Namespace: z.string().regex(/^[\w.\-#:/]{1,255}$/),
  Dimensions: z.array(z.array(name).max(30)).min(1),
  Metrics: z.array(z.strictObject({ Name: name, Unit: z.enum(["Count", "Milliseconds"]) })).max(100),
});
const line = z.looseObject({
  _aws: z.strictObject({ Timestamp: z.int().min(0), CloudWatchMetrics: z.array(directive).min(1) }),
});

/** One metric of a line, as CloudWatch keeps it: `Mails Stage=prod 1`. */
export function metricsIn(logged: unknown): readonly string[] {
  const { _aws, ...members } = line.parse(logged);
  const told = _aws.CloudWatchMetrics.flatMap(({ Dimensions, Metrics }) =>
    Dimensions.flatMap((set) =>
      Metrics.map(({ Name }) =>
        [Name, ...set.map((each) => `${each}=${dimension(members[each])}`), value(members[Name])].join(" "),
      ),
    ),
  );
  const named = new Set(
    _aws.CloudWatchMetrics.flatMap(({ Dimensions, Metrics }) => [
      ...Dimensions.flat(),
      ...Metrics.map(({ Name }) => Name),
    ]),
  );
  expect(Object.keys(members).filter((member) => !named.has(member))).toEqual([]);
  return told;
}

/** Of lines of a log, those that are metrics. */
export function isMetrics(logged: unknown): boolean {
  return typeof logged === "object" && logged !== null && "_aws" in logged;
}

function dimension(member: unknown): string {
  return z
    .string()
    .regex(/^(?!:)[!-~]{1,1024}$/)
    .parse(member);
}

function value(member: unknown): number {
  return z.number().min(0).parse(member);
}
