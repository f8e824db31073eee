import type { Barrier, Ends } from "./ends.ts";

/** The elements that are open at a place of a document, and what each of those says that says anything. */
export interface OpenElements<State extends object> {
  /** Of the innermost element. */
  state(): State;
  /** @param state the same object as around it when the element says nothing of its own */
  begin(element: Ends, state: State): void;
  /**
   * Ends the innermost element of a name with all that is open in it, unless such a barrier stands between or there is none.
   *
   * @returns what was open in it and had a state of its own, the innermost first
   */
  end(name: string, barrier: Barrier): readonly State[];
  /** Ends what is open in the innermost barrier of a kind. */
  endAllIn(barrier: Barrier): void;
  isIn(barrier: Barrier): boolean;
}

/** How deep the innermost barrier of each kind is. */
type Barriers = Readonly<Record<Barrier, number>>;

/** An element that has a state of its own, or is a barrier. */
interface Frame<State> {
  readonly name: string;
  readonly state: State;
  readonly depth: number;
  readonly outer: Frame<State> | undefined;
  readonly barriers: Barriers;
  /** Of the elements that are open right in it. Most have none: what says something and what is a barrier is a frame itself. */
  names: Set<string> | undefined;
}

/** The innermost elements of one name, which are open in the same frame; one of them may be the frame. */
interface Place<State> {
  readonly frame: Frame<State>;
  count: number;
  readonly outer: Place<State> | undefined;
}

/** The attack: a million elements inside each other. What stands deeper says nothing of its own. */
const MAX_PLACES = 100_000;

const NOTHING: readonly never[] = [];

/**
 * Not the tree that it was: of elements that neither say anything nor are a barrier, those of one name are counted, and every step
 * costs no more than it takes away.
 */
export function createOpenElements<State extends object>(root: State): OpenElements<State> {
  const places = new Map<string, Place<State>>();
  const barriers = { table: 0, row: 0, cell: 0, button: 0, list: 0, block: 0, any: 0 };
  let top: Frame<State> = { name: "", state: root, depth: 0, outer: undefined, barriers, names: undefined };
  let noted = 0;

  function enter({ name, barriers }: Ends, state: State): void {
    const depth = top.depth + 1;
    const inside = barriers === undefined ? top.barriers : barriersInside(top.barriers, barriers, depth);
    top = { name, state, depth, outer: top, barriers: inside, names: undefined };
  }

  function note(name: string): void {
    const place = places.get(name);
    if (place?.frame === top) place.count++;
    else if (noted < MAX_PLACES) {
      noted++;
      places.set(name, { frame: top, count: 1, outer: place });
      if (name === top.name) return;
      top.names ??= new Set();
      top.names.add(name);
    }
  }

  /** No element of this name is open in the frame any more. */
  function forget(name: string, frame: Frame<State>): void {
    const place = places.get(name);
    if (place?.frame !== frame) return;
    noted--;
    if (place.outer === undefined) places.delete(name);
    else places.set(name, place.outer);
  }

  /** @returns what it said of its own, if it did */
  function leave(): State | undefined {
    const { name, names, state, outer = top } = top;
    forget(name, top);
    if (names !== undefined) for (const inside of names) forget(inside, top);
    top = outer;
    return state === outer.state ? undefined : state;
  }

  function leaveUpTo(frame: Frame<State>): readonly State[] {
    const ended: State[] = [];
    while (top !== frame) {
      const state = leave();
      if (state !== undefined) ended.push(state);
    }
    return ended;
  }

  return {
    state: () => top.state,
    begin(element, state) {
      if (noted < MAX_PLACES && (state !== top.state || element.barriers !== undefined)) enter(element, state);
      note(element.name);
    },
    end(name, barrier) {
      const place = places.get(name);
      if (place === undefined || place.frame.depth < top.barriers[barrier]) return NOTHING;
      const isFrame = place.frame.name === name && place.count === 1;
      // A block goes on when what is none ends around it.
      const goesOn = !isFrame && place.frame.depth < top.barriers.any;
      const ended = goesOn || top === place.frame ? NOTHING : leaveUpTo(place.frame);
      place.count--;
      if (isFrame) leave();
      else if (place.count === 0) forget(name, place.frame);
      return ended;
    },
    endAllIn(barrier) {
      while (top.depth > top.barriers[barrier]) leave();
    },
    isIn: (barrier) => top.barriers[barrier] > 0,
  };
}

/** Written out, as it is done for every cell and paragraph: a copy that is then changed costs several times as much. */
function barriersInside(around: Barriers, kinds: Readonly<Record<Barrier, boolean>>, depth: number): Barriers {
  return {
    table: kinds.table ? depth : around.table,
    row: kinds.row ? depth : around.row,
    cell: kinds.cell ? depth : around.cell,
    button: kinds.button ? depth : around.button,
    list: kinds.list ? depth : around.list,
    block: kinds.block ? depth : around.block,
    any: kinds.any ? depth : around.any,
  };
}
