import { describe, expect, test } from "vitest";
import { firstLineStart, fromLineEnd, isFromLine } from "../../../cli/sources/from-line.ts";

describe("a line that begins a mail in an mbox", () => {
  test.each([
    ["From ops@acme.example Tue Nov 24 08:00:00 2026", true],
    ["From ops@acme.example Tue Nov 24 08:00:00 2026\r\n", true],
    ["From MAILER-DAEMON Thu 1 Jan 2015 00:00:00 2015 +0900", true],
    ["From ops@acme.example Tue Nov 24 08:00:00 JST 2026", true],
    ["From ops@acme.example Tue Nov 24 08:00:00 2026 CEST", true],
    ["From ops@acme.example Tue Nov 24 08:00:00 2026 -0500 (EST)", true],
    ["From ops Tue Nov 24 08:00:00 1998 remote from mx", true],
    ["From - Tue Nov 24 08:00:00 2026", true],
    ["From here on all is well", false],
    ["From: ops@acme.example Tue Nov 24 08:00:00 2026", false],
    [">From ops@acme.example Tue Nov 24 08:00:00 2026", false],
    ["from ops@acme.example Tue Nov 24 08:00:00 2026", false],
    ["From the year 2026 on we close at noon", false],
    ["From ops@acme.example Tue Nov 24 08:00:00 20266", false],
    [`From ${"x".repeat(1_000)} 2026`, false],
  ])("%j -> %s", (line, expected) => {
    expect(isFromLine(line)).toBe(expected);
  });
});

describe("where the mail begins behind the first From line", () => {
  test.each([
    ["From a Tue Nov 24 08:00:00 2026\nTo: b\n\n", 32],
    ["From a Tue Nov 24 08:00:00 2026\r\nTo: b\r\n\r\n", 33],
    ["\ufeff\n\nFrom a Tue Nov 24 08:00:00 2026\nTo: b\n", 37],
    ["From a Tue Nov 24 08:00:00 2026", 31],
    ["From - \nTo: b\n\n", 8],
    ["From here on\nall is well\n", undefined],
    ["From : a@acme.example 2026\n\n", undefined],
    ["From: a@acme.example\n\n", undefined],
    ["To: b\nFrom a Tue Nov 24 08:00:00 2026\n", undefined],
    ["", undefined],
  ])("%j -> %s", (head, expected) => {
    expect(fromLineEnd(Buffer.from(head))).toBe(expected);
  });
});

test.each([
  ["To: b", 0],
  ["\ufeffTo: b", 3],
  ["\r\n \t \n To: b", 6],
  ["   ", 0],
  ["", 0],
])("the first line that is not blank in %j begins at %i", (head, expected) => {
  expect(firstLineStart(Buffer.from(head))).toBe(expected);
});
