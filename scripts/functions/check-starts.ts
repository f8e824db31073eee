import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { FUNCTIONS } from "./bundle.ts";

/**
 * Loads each bundle in a fresh process, as Lambda does, whose environment has nothing but what the functions need; says what went wrong.
 *
 * @param folder has the bundles, and the rules beside them
 * @param topics what those rules may alert
 */
export function checkStarts(folder: string, topics: readonly string[]): string[] {
  // A file, because `node -e` defines a `require` that hides a broken bundle.
  const start = join(folder, "start.mjs");
  writeFileSync(
    start,
    `const { handler } = await import(process.argv[2]);
     if (typeof handler !== "function") throw new Error("handler is a " + typeof handler);`,
  );
  return FUNCTIONS.map((name) => checkStart(start, name, { bundle: join(folder, `${name}.cjs`), topics })).filter(
    (line) => line !== "",
  );
}

function checkStart(
  start: string,
  name: string,
  { bundle, topics }: { readonly bundle: string; readonly topics: readonly string[] },
): string {
  const { status, signal, stderr, error } = spawnSync(process.execPath, [start, bundle], {
    // Not the bundle's folder: what lies beside a function must be found wherever it is started.
    cwd: "/",
    env: { ...environmentOf(topics) },
    encoding: "utf8",
    timeout: 60_000,
  });
  return status === 0 ? "" : `${name}: the bundle does not start (${error?.message ?? signal ?? status})\n${stderr}`;
}

/** All that the functions need to start. */
export function environmentOf(topics: readonly string[]): Readonly<Record<string, string>> {
  const arn = "arn:aws:sns:eu-west-1:444455556666:build";
  return {
    AWS_REGION: "eu-west-1",
    MAILROOM_MAIL_BUCKET: "build",
    MAILROOM_MAIL_TABLE: "build",
    MAILROOM_TOPICS: topics.map((topic) => `${topic}=${arn}`).join(","),
    MAILROOM_SUPPRESSION_TABLE: "build",
  };
}
