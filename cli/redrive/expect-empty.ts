import { checkOutputs, type DeploymentOptions, readOutputs, stackOfStage } from "../deployment/read-deployment.ts";
import { EXIT } from "../exit-status.ts";
import type { Console } from "../output/console.ts";
import { plural } from "../output/count.ts";

/**
 * Tells whether anything waits in any queue of a deployment: what is handled yet, and what could not be. All of it goes with the stack. A stack that is not
 * there, or never came so far, has none.
 *
 * @returns 1 when something waits
 */
export async function expectEmpty(options: DeploymentOptions, console: Console): Promise<number> {
  const stack = stackOfStage(options.stage);
  const outputs = await readOutputs(options);
  if (outputs?.["UnprocessedMail"] === undefined) {
    console.say(`Nothing waits: the stack ${stack} has no queues.`);
    return EXIT.done;
  }
  const { Region, BounceQueue, ComplaintQueue, ...deployment } = checkOutputs(stack, outputs);
  const urls = {
    "bounces, yet to be handled": BounceQueue,
    "complaints, yet to be handled": ComplaintQueue,
    "bounces that could not be handled": deployment.BounceDeadLetters,
    "complaints that could not be handled": deployment.ComplaintDeadLetters,
    "mail that could not be processed": deployment.UnprocessedMail,
  };
  const [{ SQSClient }, { sqsDeadLetters }] = await Promise.all([
    import("@aws-sdk/client-sqs"),
    import("../../shared/aws/sqs-dead-letters.ts"),
  ]);
  const sqs = new SQSClient({ region: Region, useQueueUrlAsEndpoint: false });
  let isEmpty = true;
  try {
    for (const [what, url] of Object.entries(urls)) {
      const { waiting, taken } = await sqsDeadLetters(sqs, url).depth();
      if (waiting + taken === 0) continue;
      isEmpty = false;
      await console.print(`${what}: about ${plural(waiting + taken, "message")}\n`);
    }
  } finally {
    sqs.destroy();
  }
  if (isEmpty) console.say("Nothing waits in any queue.");
  return isEmpty ? EXIT.done : EXIT.failed;
}
