/** The attribute by which DynamoDB deletes entries that nobody asks for any more: epoch seconds. To be named in the TTL setting. */
export const MAIL_EXPIRES_AT = "expiresAtEpoch";

/** Keys of the mail table, as CreateTable and CloudFormation take them: one item a mail. */
export const MAIL_TABLE = {
  BillingMode: "PAY_PER_REQUEST",
  AttributeDefinitions: [{ AttributeName: "mail", AttributeType: "S" }],
  KeySchema: [{ AttributeName: "mail", KeyType: "HASH" }],
} as const;
