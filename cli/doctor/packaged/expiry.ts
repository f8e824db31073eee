import * as z from "zod";
import { plural } from "../../output/count.ts";
import { type Found, ok, warning } from "../finding.ts";

const days = z.coerce.number().optional();

export const lifecycleSchema = z.object({
  Rules: z.array(
    z.object({
      Status: z.string(),
      Prefix: z.string().default(""),
      TagFilters: z.array(z.unknown()).default([]),
      ExpirationInDays: days,
      NoncurrentVersionExpirationInDays: days,
      NoncurrentVersionExpiration: z.object({ NoncurrentDays: days }).optional(),
    }),
  ),
});

const OLD_DATA = "Personal data that nobody needs any more costs money, and may break the law.";

/** Whether raw mail is deleted some day, with what is left of it. */
export function checkExpiry(
  lifecycle: z.output<typeof lifecycleSchema> | undefined,
  { prefix, isVersioned, mend }: { readonly prefix: string; readonly isVersioned: boolean; readonly mend: string },
): readonly Found[] {
  const rules = (lifecycle?.Rules ?? []).filter(
    ({ Status, Prefix, TagFilters }) => Status === "Enabled" && prefix.startsWith(Prefix) && TagFilters.length === 0,
  );
  const expiry = rules.find(({ ExpirationInDays }) => ExpirationInDays !== undefined)?.ExpirationInDays;
  if (expiry === undefined) return [warning("raw mail is kept for ever", OLD_DATA, mend)];
  const endsVersions = rules.some(
    (rule) =>
      (rule.NoncurrentVersionExpiration?.NoncurrentDays ?? rule.NoncurrentVersionExpirationInDays) !== undefined,
  );
  if (isVersioned && !endsVersions)
    return [
      warning(
        `raw mail is deleted after ${plural(expiry, "day")}, and kept for ever as an older version`,
        OLD_DATA,
        mend,
      ),
    ];
  return [ok(`raw mail is deleted after ${plural(expiry, "day")}`)];
}
