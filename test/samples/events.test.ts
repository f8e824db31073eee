import { join } from "node:path";
import { expect, test } from "vitest";
import { objects, run } from "../cli/run-mailroom.ts";

// What the README promises of samples/events, on any machine.

test("every sample event is read, and does what it says by the default policy", async () => {
  const folder = join(import.meta.dirname, "../../samples/events");
  const policy = join(import.meta.dirname, "../../samples/suppression.yml");
  const result = await run("feedback", folder, "--json", "--policy", policy);
  expect(result.status).toBe(0);
  const told = objects(result).map(({ source, kind, recipient, name, effect }) =>
    [String(source).slice(folder.length + 1), kind, recipient ?? name, effect].join(" ").trim(),
  );
  expect(told).toEqual([
    "bounce-sns.json bounce gone@partner.example suppress",
    "complaint-eventbridge.json complaint one@isp.example suspect",
    "complaint-eventbridge.json complaint two@isp.example suspect",
    "published.ndjson#1 bounce full@partner.example count",
    "published.ndjson#2 delay slow@partner.example none",
    "published.ndjson#3 delivery desk@partner.example none",
    "published.ndjson#4 ignored Open",
  ]);
});
