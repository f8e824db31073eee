import * as z from "zod";
import { withNearest } from "../../text/nearest-word.ts";
import { got, missing } from "./sentences.ts";

type Issue = z.core.$ZodRawIssue;
type Words = { error: (issue: Issue) => string | undefined };

/** For a schema: its value is expected to be `what`. */
export function expected(what: string): Words {
  return { error: (issue) => missing(issue) ?? `expected ${what}, got ${got(issue.input)}` };
}

/** For a word of a list: which one was probably meant. */
export function unknownWord(kind: string, known: readonly string[]): Words {
  return {
    error: ({ input }) =>
      typeof input === "string"
        ? `unknown ${kind} ${got(input)}${withNearest(input, known)}`
        : `expected a ${kind}, got ${got(input)}`,
  };
}

/** A mapping with these keys and no other. Its message has one line for each unknown key, in their order. */
export function mapping<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === "unrecognized_keys"
        ? issue.keys.map((key) => `unknown key ${got(key)}${withNearest(key, Object.keys(shape))}`).join("\n")
        : undefined,
  });
}

/** One, or a list of them; read as a list. */
export function oneOrMore<One extends z.ZodType>(one: One, what: string) {
  return z
    .union([z.array(one).min(1), one], expected(what))
    .transform((given): z.output<One>[] => (Array.isArray(given) ? given : [given]) as z.output<One>[]);
}

/** For a refinement of a mapping: told only when nothing else is wrong, as an unknown key may have been meant for a missing one. */
export function ifElseRight(message: string) {
  return { error: message, when: ({ issues }: z.core.ParsePayload) => issues.length === 0 };
}

/** A check in words: `problem` says what is wrong with the text, or `undefined`. */
export function semantic(problem: (text: string) => string | undefined): z.core.CheckFn<string> {
  return ({ value, issues }) => {
    const message = problem(value);
    if (message !== undefined) issues.push({ code: "custom", input: value, message, continue: true });
  };
}
