import { Writable } from "node:stream";
import { describe, expect, test } from "vitest";
import { createConsole } from "../../../cli/output/console.ts";
import { captured } from "./captured.ts";

const terminal = { isTTY: true, columns: 100 };

describe("standard output", () => {
  test("a slow reader is waited for", async () => {
    const waiting: (() => void)[] = [];
    const stdout = new Writable({ highWaterMark: 1, write: (_chunk, _encoding, done) => void waiting.push(done) });
    const console = createConsole({ stdout, stderr: captured() }, {});
    let printed = false;
    const print = console.print("record").then(() => {
      printed = true;
    });
    await new Promise((resolve) => setImmediate(resolve));
    expect(printed).toBe(false);
    waiting.shift()?.();
    await print;
    expect(printed).toBe(true);
  });

  test.each([
    ["EPIPE", undefined],
    ["ENOSPC", "no space"],
  ])("that fails with %s takes nothing more", async (code, failure) => {
    const error = Object.assign(new Error("no space"), { code });
    const stdout = new Writable({ highWaterMark: 1, write: (_chunk, _encoding, done) => setImmediate(done, error) });
    const console = createConsole({ stdout, stderr: captured() }, {});
    expect(await console.print("one")).toBe(false);
    expect(await console.print("two")).toBe(false);
    expect(await console.outputFailure()).toBe(failure);
  });
});

describe("standard error", () => {
  test("a line is free of what a terminal obeys", () => {
    const stderr = captured();
    createConsole({ stdout: captured(), stderr }, {}).say("cannot read evil\u001b[2J\n.eml");
    expect(stderr.text()).toBe("cannot read evil [2J .eml\n");
  });

  test.each([
    ["mailroom", "Error: x\n    at y\n"],
    ["other", ""],
    [undefined, ""],
  ])("with DEBUG=%s a stack is %j", (DEBUG, expected) => {
    const stderr = captured();
    createConsole({ stdout: captured(), stderr }, { DEBUG }).trace("Error: x\n    at y");
    expect(stderr.text()).toBe(expected);
  });
});

describe("the status line", () => {
  test("gives way to lines and to results on the same terminal", async () => {
    const stderr = captured(terminal);
    const console = createConsole({ stdout: captured(terminal), stderr }, {});
    console.status("10 %");
    console.say("mailroom: cannot read x");
    console.status("20 %");
    await console.print("result\n");
    console.status();
    expect(stderr.text()).toBe("\r\u001b[K10 %\r\u001b[Kmailroom: cannot read x\n\r\u001b[K20 %\r\u001b[K");
  });

  test("stays where results go elsewhere", async () => {
    const stderr = captured(terminal);
    const console = createConsole({ stdout: captured(), stderr }, {});
    console.status("10 %");
    await console.print("result\n");
    expect(stderr.text()).toBe("\r\u001b[K10 %");
  });

  test("is not shown in a pipe", () => {
    const stderr = captured();
    const console = createConsole({ stdout: captured(), stderr }, {});
    console.status("10 %");
    expect(stderr.text()).toBe("");
    expect(console.statusColumns).toBeUndefined();
  });
});

test.each([
  ["a terminal", terminal, {}, "\u001b[1mx\u001b[22m"],
  ["a pipe", {}, {}, "x"],
  ["NO_COLOR", terminal, { NO_COLOR: "1" }, "x"],
  ["an empty NO_COLOR, which does not count", terminal, { NO_COLOR: "" }, "\u001b[1mx\u001b[22m"],
  ["a terminal without colours", terminal, { TERM: "dumb" }, "x"],
])("colours: %s", (_, stream, env, expected) => {
  expect(createConsole({ stdout: captured(stream), stderr: captured() }, env).outColours.bold("x")).toBe(expected);
});
