import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { Alert } from "../../shared/alerts/alert.ts";
import { terminalAlerts } from "../../shared/local/terminal-alerts.ts";
import { alertTopicContract } from "../contracts/alert-topic.ts";
import { alertOf } from "../support/alerts.ts";
import { anyAlert } from "../support/arbitrary-alerts.ts";

const SHOWN = /^┌ to topic (.*)\n│ .* - Mailroom alert ([0-9a-f]{32})$/gm;

alertTopicContract("the terminal", async () => {
  const lines: string[] = [];
  return {
    topic: terminalAlerts((line) => lines.push(line)),
    published: async () => [...lines.join("\n").matchAll(SHOWN)].map(([, topic = "", id = ""]) => ({ topic, id })),
    close: () => {},
  };
});

async function shown(alert: Alert): Promise<string[]> {
  const lines: string[] = [];
  await terminalAlerts((line) => lines.push(line)).publish([alert]);
  return lines;
}

test("an alert is shown with its topic and a bar before each line", async () => {
  const lines = await shown(alertOf());
  expect(lines.slice(0, 2)).toEqual(["┌ to topic oncall", `│ [critical] outage - Mailroom alert ${alertOf().id}`]);
  expect(lines.at(-1)).toBe("└");
  expect(lines.slice(1, -1).filter((line) => !line.startsWith("│"))).toEqual([]);
});

test("terminal sequences in a mail never reach the terminal, and no line has a line end in it", async () => {
  const invisible = /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u;
  await fc.assert(
    fc.asyncProperty(anyAlert, async (alert) => {
      expect((await shown(alert)).filter((line) => invisible.test(line))).toEqual([]);
    }),
  );
});
