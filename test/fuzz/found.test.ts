import { describe, expect, test } from "vitest";
import { parseMessage } from "../../shared/message/parse-message.ts";
import { problemsOf } from "../support/rules.ts";

// What fuzzing found, made small.

const parsed = (...lines: readonly string[]) => parseMessage(Buffer.from(lines.join("\n"), "latin1"));

/** Names that every object has, so that a table of words has them too unless it is asked rightly. */
const INHERITED = ["constructor", "__proto__", "toString", "valueOf", "hasOwnProperty"];

describe.each(INHERITED)("a mail that uses the word %s", (word) => {
  test("for a charset is read, whatever that is", async () => {
    const { subject, text, problems } = await parsed(
      `Subject: a =?${word}?Q?b?=`,
      `Content-Type: text/plain; charset=${word}`,
      "",
      "caf\xe9",
    );
    expect({ subject, text }).toEqual({ subject: expect.stringMatching(/^a .*b/), text: "café" });
    expect(problems).toMatchObject([{ code: "unknownCharset" }]);
  });

  test("for the type of a part hides no text", async () => {
    const part = ["--b", `Content-Type: ${word}`, "", "text"];
    expect((await parsed(`Content-Type: ${word}`, "", "text")).text).toBe("text");
    expect((await parsed("Content-Type: multipart/mixed; boundary=b", "", ...part, "--b--")).text).toBe("text");
  });

  test("for a time zone is of UTC, as all zones that nobody knows", async () => {
    const { date } = await parsed(`Date: Fri, 20 Nov 2026 10:13:58 ${word}`, "", "");
    expect(date).toBe("2026-11-20T10:13:58.000Z");
  });
});

test("rules files: what follows a text over two lines in a mapping that is never closed is told on its own line", () => {
  const problems = problemsOf("    when: {   when: { keywords: [b] }\n name: a\n rules:\n  -").slice(-2);
  expect(problems.map(({ line, column }) => `${line}:${column}`)).toEqual(["3:7", "4:3"]);
});
