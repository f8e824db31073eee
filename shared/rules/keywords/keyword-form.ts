import { foldCase } from "../normal-form/case-folding.ts";
import { WORD_KINDS } from "../normal-form/character-kind.ts";
import { type CharacterTable, createCharacterTable } from "../normal-form/character-table.ts";
import { createForm, formText, type TextForm } from "../normal-form/form-writer.ts";
import { foldLookAlikes } from "../normal-form/look-alikes.ts";
import { writePieces } from "../normal-form/pieces.ts";
import { WORD_EDGE } from "../normal-form/white-space.ts";

/** What keywords and text are made of when they are compared. */
export const CHARACTERS = createCharacterTable(foldCase, WORD_KINDS);
/** The same, but for characters that look alike: they are one. */
export const LOOK_ALIKE_CHARACTERS = createCharacterTable(foldLookAlikes, WORD_KINDS);
/** `WORD_EDGE` as a string. */
export const EDGE = String.fromCharCode(WORD_EDGE);

/**
 * The form in which keywords and text are compared: visible characters in NFKC, case folded, white space folded, and
 * `WORD_EDGE` wherever a word of a script with spaces begins or ends. With the edges in the text, "a whole word" is a
 * plain string to look for: no occurrence has to be checked and thrown away, so none can be made costly.
 */
export function createSearchForm(characters: CharacterTable = CHARACTERS): TextForm {
  return createForm(characters);
}

/** A text in search form, with the edges of its words. */
export function searchText(text: string, form: TextForm = createSearchForm()): string {
  let result = "";
  for (const _piece of writePieces(form, text)) result += formText(form);
  return result;
}

/** Whether a keyword has anything to look for: not if it is made of white space and invisible characters only. */
export function isSearchable(keyword: string): boolean {
  return searchText(keyword) !== "";
}

/** What stands for a keyword in the text: with the edges that it asks for. A side that is no word's has none to ask for. */
export function searchKey(form: TextForm, keyword: string, edges: { left: boolean; right: boolean }): string {
  const whole = searchText(keyword, form);
  const start = !edges.left && whole.startsWith(EDGE) ? 1 : 0;
  const end = !edges.right && whole.endsWith(EDGE) ? whole.length - 1 : whole.length;
  return whole.slice(start, end);
}
