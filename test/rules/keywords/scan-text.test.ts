import fc from "fast-check";
import { expect, test } from "vitest";
import { findKeys, startScan } from "../../../shared/rules/keywords/find-keys.ts";
import { buildAutomaton } from "../../../shared/rules/keywords/keyword-automaton.ts";
import { createSearchForm, searchKey } from "../../../shared/rules/keywords/keyword-form.ts";
import { scanText, toTextAutomaton } from "../../../shared/rules/keywords/scan-text.ts";
import { writePieces } from "../../../shared/rules/normal-form/pieces.ts";
import { nastyText } from "../../support/nasty-text.ts";

const text = fc
  .tuple(fc.array(nastyText, { maxLength: 12 }), fc.integer({ min: 1, max: 60 }))
  .map(([parts, times]) => parts.join("").repeat(times).slice(0, 9_000));

const edges = fc.record({ left: fc.boolean(), right: fc.boolean() });

test("to read a text without writing its form finds what writing it, and then looking, finds", () => {
  fc.assert(
    fc.property(text, fc.array(fc.tuple(fc.nat(), edges), { minLength: 1, maxLength: 20 }), (read, places) => {
      const form = createSearchForm();
      const cut = places.map(([at, asked]) => searchKey(form, read.slice(at % 200, (at % 200) + 1 + (at % 7)), asked));
      const keys = [...new Set(cut)].filter((key) => key !== "");
      const automaton = toTextAutomaton(buildAutomaton(keys), keys, form.table);
      const [written, scanned] = [startScan(), startScan()];
      for (const piece of writePieces(form, read)) findKeys(automaton, written, form, piece.form);
      const chunks = scanText(automaton, scanned, form, read);
      expect(scanned.finds).toEqual(written.finds);
      expect(chunks.map(({ from }) => from).slice(1)).toEqual(chunks.map(({ to }) => to).slice(0, -1));
    }),
    { numRuns: 1_000 },
  );
});

test("words that are passed over hide no key, however keys begin and end", () => {
  const letters = fc.array(fc.constantFrom(..."abCx'1 \u00e9"), { maxLength: 60 }).map((all) => all.join(""));
  const word = fc.tuple(fc.array(fc.constantFrom(..."abcx1'"), { minLength: 1, maxLength: 5 }), edges);
  fc.assert(
    fc.property(letters, fc.array(word, { minLength: 1, maxLength: 6 }), (read, words) => {
      const form = createSearchForm();
      const keys = [...new Set(words.map(([all, asked]) => searchKey(form, all.join(""), asked)))];
      const automaton = toTextAutomaton(buildAutomaton(keys), keys, form.table);
      const [written, scanned] = [startScan(), startScan()];
      for (const piece of writePieces(form, read)) findKeys(automaton, written, form, piece.form);
      scanText(automaton, scanned, form, read);
      expect(scanned.finds).toEqual(written.finds);
    }),
    { numRuns: 3_000 },
  );
});
