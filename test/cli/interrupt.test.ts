import { EventEmitter } from "node:events";
import { expect, test } from "vitest";
import { listenForInterrupt, type SignalSource } from "../../cli/interrupt.ts";

function fakeProcess(): SignalSource & EventEmitter & { exits: number[] } {
  const exits: number[] = [];
  return Object.assign(new EventEmitter(), { exits, exit: (status: number) => exits.push(status) });
}

test("the first Ctrl-C asks for an orderly end, the second ends at once", () => {
  const source = fakeProcess();
  let announced = 0;
  const { signal } = listenForInterrupt(source, () => {
    announced += 1;
  });
  source.emit("SIGINT");
  expect([signal.aborted, announced, source.exits]).toEqual([true, 1, []]);
  source.emit("SIGINT");
  expect(source.exits).toEqual([130]);
});

test("once closed it leaves Ctrl-C to others", () => {
  const source = fakeProcess();
  listenForInterrupt(source, () => {}).close();
  expect(source.listenerCount("SIGINT")).toBe(0);
});
