import { join, resolve } from "node:path";

/** A stage as it is packaged for the tests. */
export interface Variant {
  readonly name: "cloned" | "full";
  readonly stage: string;
  readonly region: string;
  readonly params: Readonly<Record<string, string>>;
}

/** As cloned, and with everything that a stage can choose. */
export const VARIANTS: readonly Variant[] = [
  { name: "cloned", stage: "dev", region: "eu-west-1", params: {} },
  {
    name: "full",
    stage: "prod",
    region: "us-east-1",
    params: {
      domain: "mail.acme.example",
      screening: "beforeStoring",
      rulesSource: "s3",
      alertEmail: "oncall@acme.example",
      operatorEmail: "postmaster@acme.example",
      hostedZoneId: "Z0123456789EXAMPLE",
      mailKeyArn: "arn:aws:kms:us-east-1:444455556666:key/11111111-2222-4333-8444-555555555555",
      verpSecretArn: "arn:aws:secretsmanager:us-east-1:444455556666:secret:mailroom-verp-AbCdEf",
      noMailHours: "6",
    },
  },
];

const root = resolve(import.meta.dirname, "..", "..");

/** Where a variant is packaged to. */
export function variantFolder(name: Variant["name"]): string {
  return join(root, "build", "deploy", name);
}
