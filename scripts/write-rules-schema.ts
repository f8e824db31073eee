import { writeFileSync } from "node:fs";
import { rulesJsonSchema } from "../shared/rules/schema/json-schema.ts";

// Keeps samples/rules.schema.json in step with the schema that checks a rules file.
writeFileSync(
  new URL("../samples/rules.schema.json", import.meta.url),
  `${JSON.stringify(rulesJsonSchema(), null, 2)}\n`,
);
