import { createElementLooks } from "./element.ts";
import { type Barrier, type Ends, endsOf } from "./ends.ts";
import { type Look, PLAIN } from "./look.ts";
import { createOpenElements } from "./open-elements.ts";
import type { Tag } from "./tags.ts";
import type { Sight } from "./visible-text.ts";

/** Follows the tags of a document and knows whether the text that comes next is seen. */
export interface Hiding {
  /** @returns whether the element that the tag belongs to is seen */
  tag(tag: Tag): Sight;
  sight(): Sight;
  /** Reads a style sheet; it holds for what comes behind it. */
  styleSheet(css: string): void;
}

/** How an element looks, and the tag that said so when it goes on behind its end. */
interface Shown {
  readonly look: Look;
  readonly sight: Sight;
  readonly tag: Tag | undefined;
}

/** They end where the mail ends, whatever their end tags say. */
const WHOLE = new Set(["html", "body"]);

/** The attack: a thousand kinds of formatting that go on in each of a thousand paragraphs. */
const MAX_GOING_ON = 8;

/**
 * Tells what is hidden without a tree. An element ends where HTML says that it does, however its end tags stand; what is not told of
 * so ends too early rather than too late, since text that is wrongly said to be hidden is worse than text that is not said to be.
 *
 * What it says decides where a text stands, and is a hint for a person: all is searched as if nothing were hidden too.
 */
export function createHiding(): Hiding {
  const elements = createElementLooks();
  const open = createOpenElements<Shown>({ look: PLAIN, sight: "seen", tag: undefined });

  const sight = () => open.state().sight;
  const sightOf = (look: Look): Sight => (look.gone ? "gone" : elements.isHidden(look) ? "unseen" : "seen");

  function begin(tag: Tag, ends: Ends): Sight {
    const around = open.state();
    const look = elements.lookOf(tag, around.look);
    const shown = look === around.look ? around : { look, sight: sightOf(look), tag: ends.goesOn ? tag : undefined };
    if (!ends.isVoid) open.begin(ends, shown);
    return shown.sight;
  }

  function end(name: string, barrier: Barrier): void {
    const ended = open.end(name, barrier);
    // Nothing goes on behind a cell.
    if (ended.length === 0 || barrier === "table") return;
    const tags = ended.flatMap(({ tag }) => tag ?? []);
    for (const tag of tags.slice(0, MAX_GOING_ON).reverse()) begin(tag, endsOf(tag.name));
  }

  function startTag(tag: Tag): Sight {
    const ends = endsOf(tag.name);
    for (const [name, barrier] of ends.endedBy) end(name, barrier);
    if (ends.isOfTables) {
      if (!open.isIn("table")) return sight();
      open.endAllIn("row");
    }
    return begin(tag, ends);
  }

  function endTag(tag: Tag): Sight {
    const ofTag = sight();
    const { name, reach } = endsOf(tag.name);
    if (!WHOLE.has(name)) end(name, reach);
    return ofTag;
  }

  return {
    tag: (tag) => (tag.name === "" ? sight() : tag.closing ? endTag(tag) : startTag(tag)),
    sight,
    styleSheet: elements.styleSheet,
  };
}
