import { readFileSync, writeFileSync } from "node:fs";
import { lookAlikeModule } from "./look-alike-table.ts";

// Writes the table of look-alikes from Unicode's confusables.txt, which the package unhomoglyph has whole, as JSON. A test compares the two.

const confusables = JSON.parse(readFileSync(new URL(import.meta.resolve("unhomoglyph/data.json")), "utf8"));
const table = new URL("../shared/rules/normal-form/look-alike-table.ts", import.meta.url);
writeFileSync(table, lookAlikeModule(confusables));
