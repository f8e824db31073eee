"use strict";

const { spawnSync } = require("node:child_process");
const { join } = require("node:path");

// What osls does not know: our bundles with the rules in them, and the receipt rule set, which CloudFormation cannot activate. osls runs on whatever
// Node the machine has; all work is done by the project's own, in TypeScript.

const root = join(__dirname, "..");
const node = join(root, "node_modules", ".bin", "node");
const FOLDER = ".serverless";

module.exports = class MailroomPlugin {
  /** @param serverless osls's instance; @param options those of the command line */
  constructor(serverless, options) {
    this.serverless = serverless;
    this.options = options;
    this.hooks = {
      "before:package:createDeploymentArtifacts": () => this.packageFunctions(),
      "before:package:function:package": () => this.packageFunctions(),
      "after:deploy:deploy": () => this.tellRuleSet(),
      "before:remove:remove": () => this.prepareRemoval(),
    };
  }

  /** Bundles the functions into osls's own folder, from where it takes them wherever else they shall go, and tells it which zip is whose. */
  packageFunctions() {
    const { service, serviceDir } = this.serverless;
    const settings = { ...service.custom.mailroom, ...this.parameterNames(), folder: join(serviceDir, FOLDER) };
    this.run(["scripts/package.ts"], JSON.stringify(settings));
    for (const name of service.getAllFunctions()) {
      const definition = service.getFunction(name);
      const zip = definition.handler.replace(/\.handler$/, ".zip");
      definition.package = { ...definition.package, artifact: `${FOLDER}/${zip}` };
    }
  }

  /** What the stage and the command line say, and what there is to be said: osls takes a misspelt parameter in silence. */
  parameterNames() {
    const { params = {} } = this.serverless.configurationInput;
    const ofStage = Object.keys(params[this.serverless.service.custom.mailroom.stage] || {});
    const typed = (this.options.param || []).map((pair) => pair.split("=", 1)[0]);
    const deploys = this.serverless.processedInput.commands[0] === "deploy";
    return { said: [...ofStage, ...typed], known: Object.keys(params.default || {}), deploys };
  }

  /** Says whether mail comes here, and what to run if it does not. A deployment is done whatever it says. */
  tellRuleSet() {
    this.runCommand(["rules-set", "status"]);
  }

  /** An active rule set cannot be deleted, mail must not go to one that is being taken apart, and what waits in queues would be lost with them. */
  prepareRemoval() {
    this.require(["rules-set", "restore", "--apply"], "the receipt rule set could not be given back, see above.");
    if (process.env.MAILROOM_DISCARD === "queues") return;
    const { stage, region } = this.serverless.service.custom.mailroom;
    const handBack = `npm run mailroom -- redrive --stage ${stage} --region ${region} --apply`;
    const giveUp = `MAILROOM_DISCARD=queues npm run remove -- --stage ${stage} --region ${region}`;
    const why = `queues are not empty, or could not be looked at, see above. To hand it back: ${handBack}. To give it up: ${giveUp}`;
    this.require(["redrive", "--expect-empty"], why);
  }

  require(words, why) {
    if (this.runCommand(words)) return;
    throw new this.serverless.classes.Error(`Nothing was removed: ${why}`, "MAILROOM_REMOVAL");
  }

  runCommand(words) {
    const { stage, region } = this.serverless.service.custom.mailroom;
    const profile = this.options["aws-profile"] || this.serverless.service.provider.profile;
    const args = ["cli/mailroom.ts", ...words, "--stage", stage, "--region", region];
    return this.start(args, undefined, profile ? { AWS_PROFILE: profile } : {}) === 0;
  }

  run(args, input) {
    if (this.start(args, input, {}) === 0) return;
    throw new this.serverless.classes.Error("The functions could not be packaged, see above.", "MAILROOM_PACKAGE");
  }

  start(args, input, env) {
    const { status, error } = spawnSync(node, args, {
      cwd: root,
      input,
      stdio: [input === undefined ? "ignore" : "pipe", "inherit", "inherit"],
      env: { ...process.env, ...env },
    });
    if (error) throw error;
    return status;
  }
};
