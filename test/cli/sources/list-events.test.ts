import { symlinkSync } from "node:fs";
import { expect, test } from "vitest";
import { listEvents } from "../../../cli/sources/list-events.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

test("events come in the order of their paths; what is passed over or cannot be read is told", async () => {
  const folder = temporaryFolder({
    "b.ndjson": '{"b":1}\n{"b":2}\n',
    "a.json": '{"a":1}',
    "c.txt": "none",
    "d/e": "{}",
  });
  symlinkSync(`${folder}/d`, `${folder}/link`);
  const listed = [];
  for await (const each of listEvents([folder, "nothere", "-"], new AbortController().signal)) listed.push(each);
  expect(listed).toMatchObject([
    { kind: "event", source: `${folder}/a.json`, text: '{"a":1}' },
    { kind: "event", source: `${folder}/b.ndjson#1`, text: '{"b":1}' },
    { kind: "event", source: `${folder}/b.ndjson#2`, text: '{"b":2}' },
    { kind: "skipped", source: `${folder}/c.txt`, why: "notJson" },
    { kind: "event", source: `${folder}/d/e`, text: "{}" },
    { kind: "skipped", source: `${folder}/link`, why: "linkedFolder" },
    { kind: "unreadable", source: "nothere", reason: "no such file or directory" },
    { kind: "unreadable", source: "-" },
  ]);
});

test.each([1, 2])(
  "it ends early, after %d events of a file and before the next file, when the signal says so",
  async (taken) => {
    const folder = temporaryFolder({ "a.ndjson": "{}\n{}\n".repeat(2), "b.json": "{}" });
    const controller = new AbortController();
    let events = 0;
    for await (const _ of listEvents([folder], controller.signal)) {
      events += 1;
      if (events === taken) controller.abort();
    }
    expect(events).toBe(taken);
  },
);
