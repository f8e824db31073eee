import { beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { versionOf } from "../../../shared/packed-file.ts";
import { readRules } from "../../../shared/rules/read-rules.ts";
import { OUTPUTS } from "../../support/deployment-outputs.ts";
import { startFakeCloudFormation } from "../../support/fake-cloudformation.ts";
import { type FakeS3, startFakeS3 } from "../../support/fake-s3.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { mailroomProcess } from "../mailroom-process.ts";
import { rulesFile, runIn } from "../run-mailroom.ts";

const URL_OF_RULES = `s3://${OUTPUTS.ConfigBucket}/rules.yml`;
const OBJECT = `${OUTPUTS.ConfigBucket}/rules.yml`;
const OLD = "rules:\n  - { name: outage, when: { keywords: [outage] } }\n  - { name: gone, when: { keywords: [x] } }\n";
const NEW = `rules:
  - { name: outage, when: { keywords: [outage, 障害] }, alert: { topic: oncall } }
  - { name: invoice, when: { keywords: [invoice] } }
`;
const versionOfRules = (yaml: string) => versionOf(readRules(yaml, "rules.yml"));

let s3: FakeS3;

beforeEach(async () => {
  s3 = await startFakeS3();
  const stacks = { "mailroom-prod": OUTPUTS, "mailroom-dev": { ...OUTPUTS, Stage: "dev", RulesSource: "bundle" } };
  const cloudFormation = await startFakeCloudFormation(stacks);
  const aws = {
    AWS_ENDPOINT_URL_CLOUDFORMATION: cloudFormation.endpoint,
    AWS_ENDPOINT_URL_S3: s3.endpoint,
    AWS_REGION: "eu-west-1",
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
  };
  for (const [name, value] of Object.entries(aws)) vi.stubEnv(name, value);
  onTestFinished(async () => {
    vi.unstubAllEnvs();
    await Promise.all([s3.close(), cloudFormation.close()]);
  });
});

const upload = (yaml: string) => s3.objects.set(OBJECT, Buffer.from(yaml));
const uploaded = () => s3.objects.get(OBJECT)?.toString();
const deploy = (yaml: string, ...words: string[]) =>
  runIn({}, "rules", "deploy", "--stage", "prod", "--file", rulesFile(yaml), ...words);

describe("rules deploy", () => {
  test("a dry run tells what changes, and uploads nothing", async () => {
    upload(OLD);
    const { status, stdout, stderr } = await deploy(NEW);
    expect([status, uploaded()]).toEqual([0, OLD]);
    expect(stdout).toBe("change  rule outage\nadd     rule invoice\nremove  rule gone\n");
    expect(stderr.replace(/^\S+my\.yml/, "my.yml")).toBe(
      [
        "my.yml is in order: 2 rules, 3 keywords, 0 patterns",
        `now   ${versionOfRules(OLD)} in ${URL_OF_RULES}`,
        `then  ${versionOfRules(NEW)}`,
        "Dry run: nothing was uploaded. --apply uploads it.",
        "",
      ].join("\n"),
    );
  });

  test("--apply uploads the file as it is, and says when it is in force", async () => {
    upload(OLD);
    const { status, stderr } = await deploy(`# the new ones\n${NEW}`, "--apply");
    expect([status, uploaded()]).toEqual([0, `# the new ones\n${NEW}`]);
    expect(stderr).toContain(`Uploaded to ${URL_OF_RULES}. It is in force within a minute.\n`);
  });

  test("what says the same is not uploaded", async () => {
    upload(OLD);
    const { status, stdout, stderr } = await deploy(`# a remark\n${OLD}`, "--apply");
    expect([status, stdout, uploaded()]).toEqual([0, "", OLD]);
    expect(stderr).toContain("It says what is in force already: there is nothing to upload.\n");
  });

  test("the first upload, and one in the place of what cannot be used", async () => {
    expect((await deploy(OLD)).stderr).toContain(
      "now   nothing uploaded (compared with an empty file); the functions go by the last good version before, else by the rules that they were deployed with\n",
    );
    upload("rules: [{ name: a }]");
    const { status, stderr } = await deploy(OLD, "--apply");
    expect([status, uploaded()]).toEqual([0, OLD]);
    expect(stderr).toContain(
      `now   those in ${URL_OF_RULES} cannot be used (1 problem); the functions go by the last good ones\n`,
    );
  });

  test.each([
    ["after an upload of somebody else", OLD, `# theirs\n${OLD}`],
    ["after the first upload of somebody else", undefined, OLD],
  ])("%s meanwhile nothing is overwritten, status 1", async (_, before, theirs) => {
    if (before !== undefined) upload(before);
    s3.beforeAnswer = (request) => {
      if (request.startsWith("PutObject")) upload(theirs);
    };
    const { status, stderr } = await deploy(NEW, "--apply");
    expect([status, uploaded()]).toEqual([1, theirs]);
    expect(stderr).toMatch(
      /was changed by somebody else meanwhile, and stays as it is now: look at it, and run the command again\n$/,
    );
  });

  test.each(["ConditionalRequestConflict", "NoSuchKey"] as const)("S3 says so also as %s", async (answer) => {
    upload(OLD);
    s3.fail({ operation: "PutObject", answer });
    const { status, stderr } = await deploy(NEW, "--apply");
    expect(status).toBe(1);
    expect(stderr).toContain(`mailroom: ${URL_OF_RULES} was changed by somebody else meanwhile`);
  });

  test("of rules without rules is an upload, too", async () => {
    expect((await deploy("rules: []\n", "--apply")).status).toBe(0);
    expect(uploaded()).toBe("rules: []\n");
  });

  test.each([
    ["is broken", NEW.replace("keywords", "keyword"), /my\.yml:2:29: unknown key "keyword", did you mean "keywords"\?/],
    [
      "alerts a topic that the deployment does not have",
      NEW.replace("oncall", "onclal"),
      /my\.yml:2:\d+: no topic is named "onclal", did you mean "oncall"\?/,
    ],
  ])("a file that %s is refused with line and column, status 2", async (_, yaml, problem) => {
    upload(OLD);
    const { status, stdout, stderr } = await deploy(yaml, "--apply");
    expect([status, stdout, uploaded()]).toEqual([2, "", OLD]);
    expect(stderr).toMatch(problem);
  });

  test("a deployment that does not read its rules from S3 is refused, with both ways out, status 2", async () => {
    const result = await runIn({}, "rules", "deploy", "--stage", "dev", "--file", rulesFile(), "--apply");
    expect([result.status, result.stdout, s3.requests]).toEqual([2, "", []]);
    expect(result.stderr).toMatch(
      /deploy again \(npm run deploy -- --stage dev\), or say rulesSource: s3 .* serverless\.yml/,
    );
  });

  test("what S3 refuses is told, status 1", async () => {
    s3.fail({ operation: "GetObject", answer: "AccessDenied" });
    expect(await deploy(OLD)).toMatchObject({
      status: 1,
      stdout: "",
      stderr: expect.stringMatching(/mailroom: Access Denied\n$/),
    });
    s3.fail({ operation: "PutObject", answer: "AccessDenied" });
    const { status, stderr } = await deploy(OLD, "--apply");
    expect([status, uploaded()]).toEqual([1, undefined]);
    expect(stderr).not.toContain("Uploaded");
  });

  test("needs a stage", async () => {
    const { status, stderr } = await runIn({}, "rules", "deploy");
    expect(status).toBe(2);
    expect(stderr).toContain("required option '--stage <NAME>' not specified");
  });
});

test.each([
  ["its own", { "rules/prod.yml": NEW, "rules/dev.yml": OLD, "rules.yml": OLD }],
  ["that of dev, where it has none", { "rules/dev.yml": NEW, "rules.yml": OLD }],
])("without --file it is the file that the stage is packaged with: %s", async (_which, files) => {
  const folder = temporaryFolder(files);
  const { status } = await mailroomProcess(["rules", "deploy", "--stage", "prod", "--apply"], {}, folder);
  expect([status, uploaded()]).toEqual([0, NEW]);
});
