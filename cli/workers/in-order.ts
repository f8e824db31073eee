/**
 * Runs over the items and gives the results in the order of the items, whatever order they are ready in.
 *
 * At most `limit` items are between being taken and being given back, so one slow item holds the others up instead of
 * letting their results pile up. `run` must not reject: a failure is a result.
 */
export async function* inOrder<Item, Result>(
  items: AsyncIterable<Item>,
  limit: number,
  run: (item: Item) => Promise<Result>,
): AsyncGenerator<Result> {
  const running: Promise<Result>[] = [];
  for await (const item of items) {
    running.push(run(item));
    const oldest = running.length >= limit ? running.shift() : undefined;
    if (oldest) yield await oldest;
  }
  for (const result of running) yield await result;
}
