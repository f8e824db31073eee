import { createElementLooks } from "./html-element.ts";
import { type Look, PLAIN } from "./html-look.ts";
import type { Tag } from "./html-tags.ts";
import type { Sight } from "./visible-text.ts";

/** Follows the tags of a document and knows whether the text that comes next is seen. */
export interface Hiding {
  /** @returns whether the element that the tag belongs to is seen */
  tag(tag: Tag): Sight;
  sight(): Sight;
  /** Reads a style sheet; it holds for what comes behind it. */
  styleSheet(css: string): void;
}

/** An element that looks unlike what is around it. */
interface Frame {
  readonly name: string;
  readonly look: Look;
  readonly sight: Sight;
  /** How many tables were open around it. */
  readonly tables: number;
  /** The next one outwards of the same name. */
  readonly outer: Frame | undefined;
  /** Elements of the same name that are open inside and look the same. */
  open: number;
}

/** The attack: a million elements inside each other, each of which looks a little different. What stands deeper counts as seen. */
const MAX_FRAMES = 100_000;

const VOID = new Set("area base br col embed hr img input link meta param source track wbr".split(" "));
/** They end where the mail ends, whatever their end tags say. */
const WHOLE = new Set(["html", "body"]);
/** The tags before which an element ends that was left open (HTML Standard 13.1.2.4), in the same table. */
const ENDED_BY = new Map<string, ReadonlySet<string>>([
  ["td", new Set(["td", "th", "tr"])],
  ["th", new Set(["td", "th", "tr"])],
  ["tr", new Set(["tr"])],
  ["p", new Set("p div table ul ol h1 h2 h3 h4 h5 h6 blockquote center hr pre".split(" "))],
]);

/**
 * Tells what is hidden without a tree: it holds on to the elements that look unlike what is around them, and of the others
 * counts those that have the name of such a one, so depth costs nothing.
 *
 * What it says decides where a text stands, and is a hint for a person: all is searched as if nothing were hidden too.
 */
export function createHiding(): Hiding {
  const elements = createElementLooks();
  const frames: Frame[] = [];
  const innermost = new Map<string, Frame>();
  let tables = 0;

  const sight = () => frames.at(-1)?.sight ?? "seen";
  const sightOf = (look: Look): Sight => (look.gone ? "gone" : elements.isHidden(look) ? "unseen" : "seen");

  function open(tag: Tag): Sight {
    endLeftOpen(tag.name);
    const outer = frames.at(-1)?.look ?? PLAIN;
    const inner = elements.lookOf(tag, outer);
    if (VOID.has(tag.name)) return inner === outer ? sight() : sightOf(inner);
    const same = innermost.get(tag.name);
    if (inner !== outer && frames.length < MAX_FRAMES) {
      const frame: Frame = { name: tag.name, look: inner, sight: sightOf(inner), tables, outer: same, open: 0 };
      frames.push(frame);
      innermost.set(tag.name, frame);
    } else if (same !== undefined) same.open++;
    if (tag.name === "table") tables++;
    return sight();
  }

  function close(name: string): Sight {
    if (name === "table" && tables > 0) endTable();
    const frame = innermost.get(name);
    const closing = sight();
    if (frame === undefined || WHOLE.has(name)) return closing;
    if (frame.open > 0) frame.open--;
    else while (pop() !== frame);
    return closing;
  }

  /** Cells and rows that were left open end with their table. */
  function endTable(): void {
    tables--;
    while ((frames.at(-1)?.tables ?? 0) > tables) pop();
  }

  function endLeftOpen(next: string): void {
    for (let last = frames.at(-1); last !== undefined; last = frames.at(-1)) {
      if (last.open > 0 || last.tables !== tables || !ENDED_BY.get(last.name)?.has(next)) return;
      pop();
    }
  }

  function pop(): Frame | undefined {
    const frame = frames.pop();
    if (frame === undefined) return undefined;
    if (frame.outer === undefined) innermost.delete(frame.name);
    else innermost.set(frame.name, frame.outer);
    return frame;
  }

  return {
    tag: (tag) => (tag.name === "" ? sight() : tag.closing ? close(tag.name) : open(tag)),
    sight,
    styleSheet: elements.styleSheet,
  };
}
