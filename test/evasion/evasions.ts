import { hiddenByCharacters } from "./character-mails.ts";
import { hiddenByCharsets } from "./charset-mails.ts";
import type { Evasion } from "./evasion.ts";
import { hiddenByHtml } from "./html-mails.ts";
import { hiddenByMime } from "./mime-mails.ts";

/** Every mail that hides a keyword which a person reads at once. */
export const EVASIONS: readonly Evasion[] = [
  ...hiddenByHtml,
  ...hiddenByCharacters,
  ...hiddenByMime,
  ...hiddenByCharsets,
];
