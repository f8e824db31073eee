import type { Deployment } from "../deployment/outputs.ts";
import { isBucketPath, readBucketPath } from "../sources/bucket.ts";
import { UsageError } from "../usage-error.ts";
import type { Place, Range } from "./find-mails.ts";

/**
 * Where the paths say that mails are to be looked for; without any, where the deployment keeps its mails.
 *
 * @throws {UsageError} for a path elsewhere: its mails are others', and nobody vouches for the verdicts that stand in them
 */
export function placeOf(
  paths: readonly string[],
  { Stage, MailBucket: bucket, MailPrefix }: Pick<Deployment, "Stage" | "MailBucket" | "MailPrefix">,
): Place {
  const prefixes = paths.map((path) => {
    const read = isBucketPath(path) ? readBucketPath(path) : undefined;
    if (read?.bucket === bucket && read.prefix.startsWith(MailPrefix)) return read.prefix;
    throw new UsageError(
      `expected a path below s3://${bucket}/${MailPrefix}, where the mails of stage ${Stage} are, got ${path}`,
    );
  });
  // Of paths below each other the upper one has all: no mail is looked at twice.
  const widest = prefixes.filter(
    (prefix, at) =>
      !prefixes.some((other, place) => place !== at && prefix.startsWith(other) && (other !== prefix || place < at)),
  );
  return { bucket, prefixes: widest.length > 0 ? widest : [MailPrefix] };
}

/** The paths themselves. */
export function pathsOf({ bucket, prefixes }: Place): readonly string[] {
  return prefixes.map((prefix) => `s3://${bucket}/${prefix}`);
}

export function placeWords(place: Place, { since, until }: Range): string {
  const from = since === undefined ? "" : `, arrived since ${since}`;
  const before = until === undefined ? "" : `, arrived before ${until}`;
  return `Mails: ${pathsOf(place).join(", ")}${from}${before}`;
}
