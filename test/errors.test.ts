import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { errorCode, MailNotFoundError } from "../shared/errors.ts";

function thrownBy(fail: () => unknown): unknown {
  try {
    return fail();
  } catch (error) {
    return error;
  }
}

test.each([
  ["the system's", thrownBy(() => readFileSync("nothere")), "ENOENT"],
  ["ours", new MailNotFoundError("raw/1"), "MAIL_NOT_FOUND"],
  ["one without a code", new Error("x"), undefined],
  ["one whose code is a number, as DOMException's", new DOMException("x", "AbortError"), undefined],
  ["what is no error", { code: "ENOENT" }, undefined],
])("the code of an error: %s", (_, error, code) => {
  expect(errorCode(error)).toBe(code);
});
