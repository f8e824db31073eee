/** Something that happens at a time (seconds). */
interface Timed<Event> {
  readonly at: number;
  /** Of two at the same time the one that was put first comes first, so that a run repeats itself. */
  readonly order: number;
  readonly event: Event;
}

export interface EventQueue<Event> {
  readonly put: (at: number, event: Event) => void;
  readonly take: () => Timed<Event> | undefined;
}

/** What is to happen, earliest first: a binary heap. */
export function eventQueue<Event>(): EventQueue<Event> {
  const heap: Timed<Event>[] = [];
  let order = 0;
  return {
    put(at, event) {
      heap.push({ at, order: order++, event });
      rise(heap);
    },
    take() {
      const [first] = heap;
      const last = heap.pop();
      if (last !== undefined && heap.length > 0) sink(heap, last);
      return first;
    },
  };
}

function isBefore(one: Timed<unknown>, other: Timed<unknown>): boolean {
  return one.at < other.at || (one.at === other.at && one.order < other.order);
}

/** Moves the last up to its place. */
function rise<Event>(heap: Timed<Event>[]): void {
  let place = heap.length - 1;
  const moved = heap[place] as Timed<Event>;
  while (place > 0) {
    const above = (place - 1) >> 1;
    const parent = heap[above] as Timed<Event>;
    if (!isBefore(moved, parent)) break;
    heap[place] = parent;
    place = above;
  }
  heap[place] = moved;
}

/** Puts one to the top, and moves it down to its place. */
function sink<Event>(heap: Timed<Event>[], moved: Timed<Event>): void {
  let place = 0;
  for (;;) {
    const left = 2 * place + 1;
    const [one, other] = [heap[left], heap[left + 1]];
    if (one === undefined) break;
    const right = other !== undefined && isBefore(other, one);
    const least = right ? other : one;
    if (!isBefore(least, moved)) break;
    heap[place] = least;
    place = right ? left + 1 : left;
  }
  heap[place] = moved;
}
