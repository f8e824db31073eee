import { expect, test } from "vitest";
import { geometricMean, median } from "../../bench/interleaved.ts";
import { benchMails } from "../../bench/mails/mails.ts";
import { printed, ratioLines, tableLines } from "../../bench/report.ts";
import { parseMessage } from "../../shared/message/parse-message.ts";

const RATIOS = [
  { name: "reached", value: 2.345678, atLeast: 2.2 },
  { name: "missed", value: 1.6, atMost: 1.5 },
  { name: "told", value: 1234.5 },
];

test("a ratio that is missed is told as such, and one that is held to nothing is told", () => {
  expect(ratioLines(RATIOS)).toEqual([
    "Ratios",
    "",
    "reached      2.35  at least 2.2: reached",
    "missed        1.6  at most 1.5: MISSED",
    "told        1,235  reported only",
  ]);
});

test("JSON has ratios by name, and what they are to be", () => {
  expect(printed({ ratios: RATIOS, tables: [] })).toEqual({
    ratios: { reached: 2.346, missed: 1.6, told: 1235 },
    targets: { reached: { atLeast: 2.2 }, missed: { atMost: 1.5 } },
    tables: [],
  });
});

test("a table has its figures below each other", () => {
  const lines = tableLines({
    title: "Mails",
    heads: ["mail", "ms"],
    rows: [
      ["small", 0.12345],
      ["large", 1234],
    ],
  });
  expect(lines).toEqual(["Mails", "", "mail      ms", "small  0.123", "large  1,234", ""]);
});

test.each([
  [[3, 1, 2], 2],
  [[4, 1, 2, 3], 2.5],
  [[7], 7],
])("the median of %j is %d", (values, middle) => {
  expect(median(values)).toBe(middle);
});

test("the geometric mean of a ratio and its inverse is 1", () => {
  expect(geometricMean([4, 1 / 4, 2, 1 / 2])).toBeCloseTo(1);
});

test("the mails that are measured are the same each time, within SES's limit, and whole to the parser", async () => {
  const mails = benchMails();
  expect(benchMails().map(({ raw }) => raw.length)).toEqual(mails.map(({ raw }) => raw.length));
  for (const { raw } of mails) {
    const { problems, text, attachments, nested } = await parseMessage(raw);
    expect(problems).toEqual([]);
    expect(text.length + attachments.length + nested.length).toBeGreaterThan(0);
  }
});
