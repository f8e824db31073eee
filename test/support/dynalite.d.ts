declare module "dynalite" {
  import type { Server } from "node:http";

  /** A DynamoDB in memory; see its README. */
  export default function dynalite(options?: { readonly createTableMs?: number }): Server;
}
