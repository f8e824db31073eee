import * as z from "zod";
import { rulesFileSchema } from "./rules-file-schema.ts";

/** The JSON Schema of a rules file as a person writes it, short forms included: for editors to complete and check from. */
export function rulesJsonSchema(): object {
  return {
    ...z.toJSONSchema(rulesFileSchema, { io: "input" }),
    title: "Rules of Mailroom",
    description: "Which mails raise an alert.",
  };
}
