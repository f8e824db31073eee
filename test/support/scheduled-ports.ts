import type * as fc from "fast-check";

/** What is done around one call of a port, `mailLog.put` say. `make` makes the call. */
type Around = (call: string, make: () => Promise<unknown>) => Promise<unknown>;

/** The same port, with something done around each call. `list` stays as it is: its answer is no promise. */
export function aroundCalls<Port extends object>(name: string, port: Port, around: Around): Port {
  return new Proxy(port, {
    get(target, key, receiver) {
      const value: unknown = Reflect.get(target, key, receiver);
      if (typeof value !== "function" || key === "list") return value;
      return (...given: unknown[]) => around(`${name}.${String(key)}`, async () => value.apply(target, given));
    },
  });
}

/** The same port, whose calls are begun and answered in whatever order the scheduler likes. */
export function scheduled<Port extends object>(name: string, port: Port, scheduler: fc.Scheduler): Port {
  return aroundCalls(name, port, async (call, make) => {
    await scheduler.schedule(Promise.resolve(), call);
    const answer = await make();
    await scheduler.schedule(Promise.resolve(), `the answer of ${call}`);
    return answer;
  });
}
