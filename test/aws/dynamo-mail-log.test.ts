import { dynamoMailLog } from "../../shared/aws/dynamo-mail-log.ts";
import { mailLogContract } from "../contracts/mail-log.ts";
import { startLocalDynamo } from "../support/local-dynamo.ts";

mailLogContract("DynamoDB, its wire format", async () => {
  const { client, close } = await startLocalDynamo("acme-suppression", "acme-mail");
  return { mailLog: dynamoMailLog(client, "acme-mail"), close };
});
