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
      const automaton = toTextAutomaton(buildAutomaton(keys));
      const [written, scanned] = [startScan(), startScan()];
      for (const piece of writePieces(form, read)) findKeys(automaton, written, form, piece.form);
      const chunks = scanText(automaton, scanned, form, read);
      expect(scanned.finds).toEqual(written.finds);
      expect(chunks.map(({ from }) => from).slice(1)).toEqual(chunks.map(({ to }) => to).slice(0, -1));
    }),
    { numRuns: 1_000 },
  );
});
