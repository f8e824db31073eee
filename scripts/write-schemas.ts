import { writeFileSync } from "node:fs";
import { alertJsonSchema } from "../shared/alerts/alert-schema.ts";
import { recordJsonSchema } from "../shared/inbound/record-schema.ts";
import { rulesJsonSchema } from "../shared/rules/schema/json-schema.ts";
import { suppressionJsonSchema } from "../shared/suppression/policy-file/json-schema.ts";

// Writes the JSON Schemas from the sources that alerts, records, rules files and suppression files are checked with. Tests compare the two.

const SCHEMAS = {
  "docs/alert.schema.json": alertJsonSchema(),
  "docs/record.schema.json": recordJsonSchema(),
  "samples/rules.schema.json": rulesJsonSchema(),
  "samples/suppression.schema.json": suppressionJsonSchema(),
};

for (const [file, schema] of Object.entries(SCHEMAS)) {
  writeFileSync(new URL(`../${file}`, import.meta.url), `${JSON.stringify(schema, null, 2)}\n`);
}
