import { LambdaClient } from "@aws-sdk/client-lambda";
import { S3Client } from "@aws-sdk/client-s3";
import { SESClient } from "@aws-sdk/client-ses";
import { SESv2Client } from "@aws-sdk/client-sesv2";
import { SNSClient } from "@aws-sdk/client-sns";
import { SQSClient } from "@aws-sdk/client-sqs";

/** What the checks of a deployment ask. It is to be closed. */
export interface Clients extends Disposable {
  readonly ses: SESClient;
  readonly sesV2: SESv2Client;
  readonly s3: S3Client;
  readonly sns: SNSClient;
  readonly sqs: SQSClient;
  readonly lambda: LambdaClient;
}

/** SES takes one call of each kind in a second (SES fact 4.4). Milliseconds: a service that is out of reach is a finding soon. */
const PATIENCE = {
  retryMode: "adaptive",
  maxAttempts: 5,
  requestHandler: { connectionTimeout: 5_000, requestTimeout: 15_000, throwOnRequestTimeout: true },
};

/** Clients in a region, with the credentials of the environment. */
export function openClients(region: string): Clients {
  const config = { region, ...PATIENCE };
  const clients = {
    ses: new SESClient(config),
    sesV2: new SESv2Client(config),
    s3: new S3Client(config),
    sns: new SNSClient(config),
    // Else it would go to wherever a queue's URL says, whatever endpoint the environment names.
    sqs: new SQSClient({ ...config, useQueueUrlAsEndpoint: false }),
    lambda: new LambdaClient(config),
  };
  return {
    ...clients,
    [Symbol.dispose]() {
      for (const client of Object.values(clients)) client.destroy();
    },
  };
}
