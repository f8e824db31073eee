/** Something that happens at a time (seconds). */
interface Timed<Event> {
  readonly at: number;
  readonly event: Event;
}

export interface EventQueue<Event> {
  readonly put: (at: number, event: Event) => void;
  readonly take: () => Timed<Event> | undefined;
}

/** Children of a place of the heap: with four the heap is half as deep as with two. */
const WIDTH = 4;

/** What is to happen, earliest first; of two at the same time the one that was put first, so that a run repeats itself. */
export function eventQueue<Event>(): EventQueue<Event> {
  // Times and orders apart from the events: a heap of hundreds of thousands is searched in memory that lies together.
  const times: number[] = [];
  const orders: number[] = [];
  const events: Event[] = [];
  let count = 0;

  const isBefore = (place: number, at: number, order: number): boolean =>
    (times[place] ?? 0) < at || (times[place] === at && (orders[place] ?? 0) < order);
  const set = (place: number, at: number, order: number, event: Event): void => {
    times[place] = at;
    orders[place] = order;
    events[place] = event;
  };
  const move = (from: number, to: number): void => set(to, times[from] ?? 0, orders[from] ?? 0, events[from] as Event);

  /** The place of the earliest child that is before; -1 when none is. */
  const earlierChild = (place: number, at: number, order: number): number => {
    const first = WIDTH * place + 1;
    let [earliest, before, beforeOrder] = [-1, at, order];
    for (let child = first; child < Math.min(first + WIDTH, times.length); child++) {
      if (!isBefore(child, before, beforeOrder)) continue;
      earliest = child;
      before = times[child] ?? 0;
      beforeOrder = orders[child] ?? 0;
    }
    return earliest;
  };

  return {
    put(at, event) {
      const order = count++;
      let place = times.length;
      while (place > 0) {
        const above = Math.floor((place - 1) / WIDTH);
        if (isBefore(above, at, order)) break;
        move(above, place);
        place = above;
      }
      set(place, at, order, event);
    },
    take() {
      const [at, event] = [times[0], events[0]];
      if (at === undefined) return undefined;
      const [lastAt = 0, lastOrder = 0, last] = [times.pop(), orders.pop(), events.pop()];
      if (times.length > 0) {
        let place = 0;
        for (
          let child = earlierChild(0, lastAt, lastOrder);
          child > 0;
          child = earlierChild(place, lastAt, lastOrder)
        ) {
          move(child, place);
          place = child;
        }
        set(place, lastAt, lastOrder, last as Event);
      }
      return { at, event: event as Event };
    },
  };
}
