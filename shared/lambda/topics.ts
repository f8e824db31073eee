import * as z from "zod/mini";

/** Topics that must be there: where a rule alerts that names none, and where Mailroom speaks of itself. */
const REQUIRED = ["default", "operator"];

const NAME = /^[A-Za-z0-9_.-]{1,64}$/;
const TOPIC_ARN = /^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[A-Za-z0-9_-]{1,256}(?:\.fifo)?$/;
const FORM = "name=arn,name=arn with ARNs of SNS topics";

/** ARNs of SNS topics, separated by commas. */
export const topicArns = z.pipe(
  z.string(),
  z.transform((text, context): readonly string[] => {
    const arns = text.split(",").map((arn) => arn.trim());
    const wrong = arns.find((arn) => !TOPIC_ARN.test(arn));
    if (wrong !== undefined) {
      const message = `ARNs of SNS topics, separated by commas, in place of "${wrong}"`;
      context.issues.push({ code: "custom", message, input: text });
    }
    return arns;
  }),
);

/**
 * Topics by their short names, written `default=arn:aws:sns:…,operator=arn:aws:sns:…`.
 *
 * Not JSON: a template joins this form from references without quoting anything, and a person can read it in the console.
 */
export const topicsByName = z.pipe(
  z.string(FORM),
  z.transform((text, context): Readonly<Record<string, string>> => {
    const topics = new Map<string, string>();
    const refuse = (message: string) => context.issues.push({ code: "custom", message, input: text });
    for (const entry of text.split(",")) {
      const [name = "", arn = "", ...more] = entry.split("=").map((part) => part.trim());
      if (more.length > 0 || !NAME.test(name) || !TOPIC_ARN.test(arn)) refuse(`${FORM} in place of "${entry.trim()}"`);
      else if (topics.has(name)) refuse(`each name once ("${name}" comes again)`);
      topics.set(name, arn);
    }
    for (const name of REQUIRED) if (!topics.has(name)) refuse(`a topic named "${name}"`);
    return Object.fromEntries(topics);
  }),
);
