import { xmlText } from "./fake-server.ts";

/** A version of an object, or the mark of its deletion; `name` is `bucket/key`. */
export interface StoredVersion {
  readonly name: string;
  readonly id: string;
  readonly isDeleteMarker?: true;
  /** What a reading of this version gives. */
  readonly content?: Buffer;
}

/** The answer to ListObjectVersions: one page of the versions of a bucket under a prefix, in the order of their keys, those of a key as they are given. */
export function versionsXml(
  path: string,
  all: readonly StoredVersion[],
  query: URLSearchParams,
  pageSize: number,
): string {
  const bucket = path.replace(/\/$/, "");
  const start = `${bucket}/${query.get("prefix") ?? ""}`;
  const listed = all.filter(({ name }) => name.startsWith(start)).sort((a, b) => (a.name < b.name ? -1 : 1));
  const after = query.get("version-id-marker");
  const begin = after === null ? 0 : listed.findIndex((version) => markOf(version) === after) + 1;
  const page = listed.slice(begin, begin + Math.min(pageSize, Number(query.get("max-keys") ?? pageSize)));
  const isTruncated = begin + page.length < listed.length;
  const entries = page.map(({ name, id, isDeleteMarker }) => {
    const element = isDeleteMarker ? "DeleteMarker" : "Version";
    return `<${element}><Key>${xmlText(name.slice(bucket.length + 1))}</Key><VersionId>${id}</VersionId><IsLatest>${id === "null"}</IsLatest></${element}>`;
  });
  const next = isTruncated ? markers(page.at(-1)) : "";
  return `<ListVersionsResult><Name>${bucket}</Name><IsTruncated>${isTruncated}</IsTruncated>${next}${entries.join("")}</ListVersionsResult>`;
}

function markers(last: StoredVersion | undefined): string {
  if (last === undefined) return "";
  return `<NextKeyMarker>${xmlText(last.name)}</NextKeyMarker><NextVersionIdMarker>${markOf(last)}</NextVersionIdMarker>`;
}

/** Names a place in the listing; S3's own marks are as opaque. */
function markOf({ name, id }: StoredVersion): string {
  return Buffer.from(`${name} ${id}`).toString("base64url");
}
