import { setImmediate } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { jsonLog, withRequestId } from "../../shared/lambda/log.ts";

function startLog() {
  const lines: string[] = [];
  return { log: jsonLog((line) => lines.push(line)), read: () => lines.map((line) => JSON.parse(line)), lines };
}

describe("a log line", () => {
  test.each(["info", "warn", "error"] as const)("%s is one JSON object on a line of its own", (level) => {
    const { log, lines, read } = startLog();
    log[level]("mail processed", { sesMessageId: "k9p2", size: 12, dry: false, rules: ["outage"], none: undefined });
    expect(lines).toEqual([expect.stringMatching(/^\{[^\n]*\}\n$/)]);
    expect(read()).toEqual([
      {
        level: level.toUpperCase(),
        event: "mail processed",
        sesMessageId: "k9p2",
        size: 12,
        dry: false,
        rules: ["outage"],
      },
    ]);
  });

  test("names the request that it belongs to, concurrent ones too", async () => {
    const { log, read } = startLog();
    const work = async (id: string) => {
      await setImmediate();
      log.info(`in ${id}`);
    };
    await Promise.all([withRequestId("a", () => work("a")), withRequestId("b", () => work("b")), work("none")]);
    expect(Object.fromEntries(read().map(({ event, requestId }) => [event, requestId]))).toEqual({
      "in a": "a",
      "in b": "b",
      "in none": undefined,
    });
  });

  test("fields cannot take the place of level, event and request id", () => {
    const { log, read } = startLog();
    withRequestId("r", () => log.error("failed", { level: "INFO", event: "all is well", requestId: "x" }));
    expect(read()).toEqual([{ level: "ERROR", event: "failed", requestId: "r" }]);
  });

  test("a line end in a value starts no line", () => {
    const { log, lines } = startLog();
    log.info("x", { reason: 'a\n{"level":"ERROR"}\u2028' });
    expect(lines.join("").trimEnd().split("\n")).toHaveLength(1);
  });
});

describe("trap 1.18, personal data in logs: even what is handed in by mistake", () => {
  test("addresses are left out", () => {
    const { log, lines } = startLog();
    log.info("x", {
      a: "ana@client.example",
      b: 'from "ana@client.example" to <bo@b.example>',
      c: ["id", "c@d.example"],
    });
    expect(lines.join("")).not.toMatch(/ana|client|bo@|d\.example/);
    expect(lines.join("")).toContain("[address]");
  });

  test("what is longer than any id or sentence of ours is cut", () => {
    const { log, lines } = startLog();
    log.info("x", { body: "words ".repeat(100_000), ids: Array.from({ length: 5000 }, () => "id") });
    expect(lines.join("").length).toBeLessThan(4000);
  });
});
