import { randomUUID } from "node:crypto";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { dynamoMailLog } from "../../shared/aws/dynamo-mail-log.ts";
import { mailLogContract } from "../contracts/mail-log.ts";
import { createMailTable } from "../support/local-dynamo.ts";
import { MOTO } from "./endpoint.ts";

mailLogContract("DynamoDB of moto", async () => {
  const client = new DynamoDBClient(MOTO);
  const table = `mail-${randomUUID()}`;
  await createMailTable(client, table);
  return { mailLog: dynamoMailLog(client, table), close: () => client.destroy() };
});
