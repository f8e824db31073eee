import { createHash } from "node:crypto";

/**
 * What ids of SES, SQS and ours are made of. They say nothing of anybody; but under a key may lie what a person put there, by the name of a
 * file, and so may an id that was read from it be one: `ana@client.example`, `Re%3A your invoice.eml`.
 */
const OPAQUE = /^[0-9A-Za-z-]{1,100}$/;

/** An id as it may be logged: itself, or what whoever knows it can find it by, `sha256:` and 16 hex digits of its hash. */
export function shownId(id: string): string {
  return id === "" || OPAQUE.test(id) ? id : `sha256:${createHash("sha256").update(id).digest("hex").slice(0, 16)}`;
}

/** A storage key as it may be logged: as `shownId`, part by part. */
export function shownKey(key: string): string {
  return key.split("/").map(shownId).join("/");
}
