import { randomUUID } from "node:crypto";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { dynamoSuppressionTable } from "../../shared/aws/dynamo-suppression-table.ts";
import { systemClock } from "../../shared/system-clock.ts";
import { suppressionTableContract } from "../contracts/suppression-table.ts";
import { createSuppressionTable } from "../support/local-dynamo.ts";
import { MOTO } from "./endpoint.ts";

suppressionTableContract("DynamoDB of moto", async () => {
  const client = new DynamoDBClient(MOTO);
  const table = `suppression-${randomUUID()}`;
  await createSuppressionTable(client, table);
  return { table: dynamoSuppressionTable(client, table, systemClock), close: () => client.destroy() };
});
