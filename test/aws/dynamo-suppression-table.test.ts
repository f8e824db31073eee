import { dynamoSuppressionTable } from "../../shared/aws/dynamo-suppression-table.ts";
import { systemClock } from "../../shared/system-clock.ts";
import { forgettingContract } from "../contracts/forgetting.ts";
import { suppressionConcurrencyContract } from "../contracts/suppression-concurrency.ts";
import { suppressionTableContract } from "../contracts/suppression-table.ts";
import { startLocalDynamo } from "../support/local-dynamo.ts";

async function startEmpty() {
  const { client, dump, close } = await startLocalDynamo("suppression");
  return { table: dynamoSuppressionTable(client, "suppression", systemClock), dump: () => dump("suppression"), close };
}

suppressionTableContract("DynamoDB over its wire format", startEmpty);
suppressionConcurrencyContract("DynamoDB over its wire format", startEmpty, 2);
forgettingContract("DynamoDB over its wire format", startEmpty, 2);
