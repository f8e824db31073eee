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
    expect(lines.join("")).toContain("[left out: it holds an address]");
  });

  test.each([
    '"ana kovac"@client.example',
    "Ana Kovac <ana@client.example>",
    "inbound/ana%40client.example",
    "ana＠client.example",
    "ana=40client.example",
    "ana&#64;client.example",
    "ana&#x40;client.example",
    "ana\\u0040client.example",
  ])("an address as %s takes the whole value with it", (value) => {
    const { log, lines } = startLog();
    log.info("x", { message: `No mail from ${value} is there`, ids: [value], sesMessageId: value, key: value });
    expect(lines.join("")).not.toMatch(/ana|kovac|client/i);
  });

  test.each([
    { id: "k9p2m4c7tq0v1e3s5h8d6g2b0n4r7a1lfo6u3j01", shown: "k9p2m4c7tq0v1e3s5h8d6g2b0n4r7a1lfo6u3j01" },
    { id: "0100018f-aa11-4b2c-9d3e-000000", shown: "0100018f-aa11-4b2c-9d3e-000000" },
    { id: "sha256-0a1b2c", shown: "sha256-0a1b2c" },
    { id: "", shown: "" },
    { id: "Re: your invoice", shown: "sha256:8f4050435310b0bf" },
    { id: "ana.kovac_client.example.eml", shown: "sha256:" },
  ])("what stands for an id is shown when it is one: $id", ({ id, shown }) => {
    const { log, read } = startLog();
    log.info("x", { id, sesMessageId: id, requestId: id, sqsMessageId: id });
    for (const name of ["id", "sesMessageId", "sqsMessageId"])
      expect(read()[0]).toHaveProperty(name, expect.stringMatching(new RegExp(`^${shown}`)));
    if (shown.startsWith("sha256:")) expect(read()[0].id).toMatch(/^sha256:[0-9a-f]{16}$/);
  });

  test("what is longer than any id or sentence of ours is cut", () => {
    const { log, lines } = startLog();
    log.info("x", { body: "words ".repeat(100_000), ids: Array.from({ length: 5000 }, () => "id") });
    expect(lines.join("").length).toBeLessThan(4000);
  });
});
