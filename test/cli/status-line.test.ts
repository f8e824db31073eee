import { expect, test, vi } from "vitest";
import { createConsole } from "../../cli/output/console.ts";
import { createTally } from "../../cli/output/tally.ts";
import { createStatusLine } from "../../cli/status-line.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { captured } from "./output/captured.ts";

test("on a terminal the line changes ten times a second at most, knows the end once the files are measured, and goes away", async () => {
  const folder = temporaryFolder({ a: "x".repeat(60), "b/c": "x".repeat(40) });
  const stderr = captured({ isTTY: true, columns: 80 });
  const tally = createTally();
  let now = 0;
  const status = createStatusLine(
    [folder, "nothere"],
    tally,
    createConsole({ stdout: captured(), stderr }, {}),
    () => now,
  );
  tally.bytes = 25;
  status.show();
  expect(stderr.text()).toBe("");
  await vi.waitFor(() => {
    now += 100;
    status.show();
    status.show();
    expect(stderr.text()).toContain("25 %  0 mails");
  });
  expect(stderr.text().split("\r")).toHaveLength(now / 100 + 1);
  status.close();
  expect(stderr.text().endsWith("\r\u001b[K")).toBe(true);
});

test("the bytes under an S3 prefix are not known beforehand", () => {
  const stderr = captured({ isTTY: true, columns: 80 });
  let now = 0;
  const console = createConsole({ stdout: captured(), stderr }, {});
  const status = createStatusLine(["s3://mail/raw"], createTally(), console, () => now);
  now = 1_000;
  status.show();
  status.close();
  expect(stderr.text()).toBe("\r\u001b[K0 mails  0 mails/s\r\u001b[K");
});

test("in a pipe there is none", () => {
  const stderr = captured();
  const status = createStatusLine(["."], createTally(), createConsole({ stdout: captured(), stderr }, {}), () => 1_000);
  status.show();
  status.close();
  expect(stderr.text()).toBe("");
});
