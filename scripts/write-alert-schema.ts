import { writeFileSync } from "node:fs";
import { alertJsonSchema } from "../shared/alerts/alert-schema.ts";

// Writes docs/alert.schema.json from the source that the alerts are checked with. A test compares the two.

writeFileSync(new URL("../docs/alert.schema.json", import.meta.url), `${JSON.stringify(alertJsonSchema(), null, 2)}\n`);
