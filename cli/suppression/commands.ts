import type { Command } from "commander";
import type { StateSurroundings } from "../command-surroundings.ts";
import { addAdd, addGet, addList, addRemove } from "./address-commands.ts";
import { addExport, addImport, addSync } from "./list-commands.ts";

/** Adds `suppression` with its commands. Each loads what it needs when it runs. */
export function addSuppression(program: Command, surroundings: StateSurroundings): void {
  const suppression = program
    .command("suppression")
    .summary("look at and change which addresses are not written to")
    .description("Looks at and changes the suppression table: which addresses are not written to, and why.")
    .helpCommand(false);
  for (const addCommand of [addGet, addList, addAdd, addRemove, addImport, addExport, addSync])
    addCommand(suppression, surroundings);
}
