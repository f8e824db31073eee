import { readFileSync } from "node:fs";

/** An event as AWS would send it, from test/events; a fresh copy each time. */
export function eventFile(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`../events/${name}.json`, import.meta.url), "utf8"));
}

/** The event of one mail, with fields of its mail and receipt objects replaced; `undefined` takes a field away. */
export function sesEvent(
  change: { readonly mail?: Record<string, unknown>; readonly receipt?: Record<string, unknown> } = {},
) {
  const event = eventFile("ses-received") as {
    Records: { eventSource: string; ses: { mail: Record<string, unknown>; receipt: Record<string, unknown> } }[];
  };
  for (const { ses } of event.Records) {
    Object.assign(ses.mail, change.mail);
    Object.assign(ses.receipt, change.receipt);
  }
  // As it comes over the wire: what is undefined is not there.
  return JSON.parse(JSON.stringify(event)) as typeof event;
}
