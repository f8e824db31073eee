import { DEFAULT_TEXT_FIELDS } from "../vocabulary.ts";

/** Entries of a list that are spelled: a reason is cut long before a list of thousands ends. */
const MAX_SPELLED = 20;

/** Switches that are off unless they are spelled. */
const OFF: ReadonlySet<string> = new Set(["substring", "lookAlikes"]);

/** A condition in the words of the rules file, on one line, without what was filled in. */
export function spell(value: unknown): string {
  if (Array.isArray(value)) {
    const words = value.slice(0, MAX_SPELLED).map(spell).join(", ");
    return value.length === 1 ? words : `[${words}${value.length > MAX_SPELLED ? ", …" : ""}]`;
  }
  return typeof value === "object" && value !== null ? `{ ${spellEntries(value)} }` : String(value);
}

/** The entries of a condition: `from: *@acme.example, size: { over: 1MB }`. */
export function spellEntries(condition: object): string {
  return Object.entries(condition)
    .filter(([key, value]) => !(OFF.has(key) && value === false) && !(key === "in" && isDefault(value)))
    .map(([key, value]) => `${key}: ${spell(value)}`)
    .join(", ");
}

function isDefault(fields: unknown): boolean {
  return Array.isArray(fields) && fields.join() === DEFAULT_TEXT_FIELDS.join();
}
