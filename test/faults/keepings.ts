import { dynamoMailLog } from "../../shared/aws/dynamo-mail-log.ts";
import { dynamoSuppressionTable } from "../../shared/aws/dynamo-suppression-table.ts";
import { openStateFile } from "../../shared/local/state-file.ts";
import { systemClock } from "../../shared/system-clock.ts";
import { startLocalDynamo } from "../support/local-dynamo.ts";
import type { Keeping } from "./desk.ts";

/** The two places in which a desk keeps what it keeps; each is to be closed. */
export const KEEPINGS: readonly {
  readonly name: string;
  readonly open: () => Promise<Keeping & { close(): Promise<void> | void }>;
}[] = [
  { name: "SQLite", open: async () => openStateFile(":memory:") },
  {
    name: "DynamoDB",
    async open() {
      const { client, close } = await startLocalDynamo("acme-suppression", "acme-mail");
      return {
        mailLog: dynamoMailLog(client, "acme-mail"),
        suppressionTable: dynamoSuppressionTable(client, "acme-suppression", systemClock),
        close,
      };
    },
  },
];
