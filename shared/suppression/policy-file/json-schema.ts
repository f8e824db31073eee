import * as z from "zod";
import { suppressionFileSchema } from "./suppression-file-schema.ts";

/** The JSON Schema of a suppression file as a person writes it: for editors to complete and check from. */
export function suppressionJsonSchema(): object {
  return {
    ...z.toJSONSchema(suppressionFileSchema, { io: "input" }),
    title: "Suppression policy of Mailroom",
    description: "Which bounces and complaints suppress an address, and whose reports are believed.",
  };
}
