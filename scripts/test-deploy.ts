import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { VARIANTS, type Variant, variantFolder } from "../test/deploy/variants.ts";
import { withServer } from "./local-server.ts";
import { runVitest } from "./run-vitest.ts";

// Packages stages, checks their templates with cfn-lint where that is installed, and runs test/deploy over them; the deployment itself against
// moto, where that is installed. Nothing needs the network or an account.

const root = resolve(import.meta.dirname, "..");
process.chdir(root);
rmSync("build/deploy", { recursive: true, force: true });
for (const variant of VARIANTS) packageVariant(variant);
lint();
process.exitCode = await test();

function packageVariant({ name, stage, region, params }: Variant): void {
  const words = ["package", "--stage", stage, "--region", region, "--package", variantFolder(name)];
  const settings = Object.entries(params).map(([key, value]) => `--param=${key}=${value}`);
  const { status } = spawnSync("node_modules/.bin/osls", [...words, ...settings], { stdio: "inherit" });
  if (status !== 0) throw new Error(`osls package failed for the variant ${name}`);
}

function lint(): void {
  const templates = VARIANTS.map(({ name }) => join(variantFolder(name), "cloudformation-template-update-stack.json"));
  const { error, status } = spawnSync("cfn-lint", ["--non-zero-exit-code", "warning", ...templates], {
    stdio: "inherit",
  });
  if (error !== undefined) console.log("cfn-lint is not on the path: skipped");
  else if (status !== 0) throw new Error("cfn-lint finds something, see above");
  else console.log(`cfn-lint finds nothing in ${templates.length} templates`);
}

async function test(): Promise<number> {
  const moto = spawnSync("python3", ["-c", "import moto.server"]).status === 0;
  if (!moto) {
    console.log("moto is not installed: the deployment itself is skipped");
    return runVitest("vitest.deploy.config.ts", {});
  }
  const server = {
    command: "python3",
    args: (port: number) => ["test/deploy/moto_with_receipt_rules.py", String(port)],
    ready: "/moto-api/",
  };
  const run = (endpoint: string) => runVitest("vitest.deploy.config.ts", { MOTO_ENDPOINT: endpoint });
  return (await withServer(server, run)) ?? 1;
}
