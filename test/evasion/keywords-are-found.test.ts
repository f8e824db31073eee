import { expect, test } from "vitest";
import { EVASIONS } from "./evasions.ts";
import { findReason } from "./find-reason.ts";

test.each(EVASIONS)("$title: $keyword is found", async ({ mail, keyword, field, where, found }) => {
  const told = await findReason(mail, [keyword]);
  expect(told).toMatchObject({ reason: { field, keyword }, found });
  expect([told?.reason.where, told?.reason.hidden]).toEqual([where, undefined]);
});

test("no two evasions have the same title", () => {
  const titles = EVASIONS.map(({ title }) => title);
  expect(titles.filter((title, at) => titles.indexOf(title) !== at)).toEqual([]);
});
