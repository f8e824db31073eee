import type { Arrival } from "./arrival.ts";

/** What one payload announces. */
export type Announced =
  | { readonly kind: "mail"; readonly arrival: Arrival }
  /** Known, and no mail: a service tries its connection, or tells of an object that is not new. The name is ours, never of the event. */
  | { readonly kind: "ignored"; readonly name: string };
