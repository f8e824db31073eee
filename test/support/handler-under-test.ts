import { MailroomError } from "../../shared/errors.ts";
import type { Log } from "../../shared/ports.ts";
import { memoryLog } from "./memory-log.ts";

/** A failure that no other try would mend. */
export class SetAside extends MailroomError {
  override readonly name = "SetAside";
  override readonly code = "SET_ASIDE";
  override readonly retry = "discard";
}

/** What a test of a handler may choose. */
export interface Given {
  /** What the use case throws, by the name of what it gets. */
  readonly failFor?: Readonly<Record<string, Error>>;
  readonly topics?: readonly string[];
}

interface Over<Item, Answer> {
  nameOf(item: Item): string;
  /** What the use case answers when it does not fail. */
  answer(item: Item): Answer;
  create(ports: {
    readonly use: (item: Item) => Promise<Answer>;
    readonly topics: readonly string[] | undefined;
    readonly log: Log;
  }): (event: unknown) => Promise<unknown>;
}

/** A handler over a use case that keeps what it gets, and throws for some of it. */
export function handlerUnderTest<Item, Answer>(given: Given, { nameOf, answer, create }: Over<Item, Answer>) {
  const tried: Item[] = [];
  const done: Item[] = [];
  const log = memoryLog();
  const use = async (item: Item): Promise<Answer> => {
    tried.push(item);
    const failure = given.failFor?.[nameOf(item)];
    if (failure !== undefined) throw failure;
    done.push(item);
    return answer(item);
  };
  return { tried, done, logged: log.lines, handle: create({ use, topics: given.topics, log }) };
}
