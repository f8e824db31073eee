/** The attribute by which DynamoDB deletes evidence that nothing can follow from any more: epoch seconds. To be named in the TTL setting. */
export const EXPIRES_AT = "expiresAtEpoch";

/** The index of suppressed addresses by reason and time. */
export const BY_REASON = "byReason";

/**
 * Keys and index of the suppression table, as CreateTable and CloudFormation take them.
 *
 * The index is sparse (addresses that are not suppressed have no `reason`) and holds whole items, so that a list needs no
 * second read.
 */
export const SUPPRESSION_TABLE = {
  BillingMode: "PAY_PER_REQUEST",
  AttributeDefinitions: [
    { AttributeName: "address", AttributeType: "S" },
    { AttributeName: "item", AttributeType: "S" },
    { AttributeName: "reason", AttributeType: "S" },
    { AttributeName: "sinceAddress", AttributeType: "S" },
  ],
  KeySchema: [
    { AttributeName: "address", KeyType: "HASH" },
    { AttributeName: "item", KeyType: "RANGE" },
  ],
  GlobalSecondaryIndexes: [
    {
      IndexName: BY_REASON,
      KeySchema: [
        { AttributeName: "reason", KeyType: "HASH" },
        { AttributeName: "sinceAddress", KeyType: "RANGE" },
      ],
      Projection: { ProjectionType: "ALL" },
    },
  ],
} as const;
