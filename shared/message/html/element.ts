import { decodeHTML } from "entities";
import { type Attributes, attributesNamed, readAttributes } from "./attributes.ts";
import { cascade, type Declarations, readDeclarations } from "./declarations.ts";
import { isOnItsOwnColour, isUnseen, type Look, lookInside, PLAIN } from "./look.ts";
import { createSheet, type Sheet } from "./sheet.ts";
import type { Tag } from "./tags.ts";

/** What they hold is not shown, whatever their style says. */
const NEVER_SHOWN = new Set(["template", "noembed", "noframes", "iframe"]);

/** White on a page of which only we say that it is white. */
function onlyByPage(look: Look): boolean {
  return look.background === PLAIN.background && !isUnseen({ ...look, colour: undefined });
}

/** A link is blue in white text too, and the words of a picture are mostly in the picture. */
const HAS_ITS_COLOUR = new Set(["a", "img"]);

/** Styles that are kept, as most are written many times, and how long the attributes are that say such a style. */
const MAX_KEPT = 200;
const MAX_KEPT_LENGTH = 500;

/** A style, and how an element with it looked the last time: most stand in what looks the same. */
interface Kept {
  readonly style: Declarations;
  last?: { readonly outer: Look; readonly look: Look };
}

/** How elements look. */
export interface ElementLooks {
  /** How the element that a tag begins looks inside what looks like `outer`: the same object when nothing is said. */
  lookOf(tag: Tag, outer: Look): Look;
  /** Reads a style sheet; it holds for what comes behind it. */
  styleSheet(css: string): void;
  /** Whether text that looks so is hidden, as far as is known. */
  isHidden(look: Look): boolean;
}

export function createElementLooks(): ElementLooks {
  const sheet = createSheet();
  /** By the name of an element, and by the attributes that tell. */
  const kept = new Map<string, Map<string, Kept>>();
  let keptCount = 0;

  function styleOf({ name, attributes }: Tag): Kept {
    const telling = attributesNamed(sheet.isEmpty() ? TELLING : TELLING_A_SHEET, attributes);
    if (telling === "" && sheet.isEmpty()) return NO_STYLE;
    const known = kept.get(name)?.get(telling);
    if (known !== undefined) return known;
    const read = { style: readStyle(name, readAttributes(telling), sheet) };
    if (telling.length <= MAX_KEPT_LENGTH) keep(name, telling, read);
    return read;
  }

  function keep(name: string, telling: string, read: Kept): void {
    if (keptCount >= MAX_KEPT) forgetAll();
    keptCount++;
    const ofName = kept.get(name) ?? new Map<string, Kept>();
    kept.set(name, ofName.set(telling, read));
  }

  function forgetAll(): void {
    kept.clear();
    keptCount = 0;
  }

  function lookWith(kept: Kept, outer: Look): Look {
    if (kept.style.size === 0) return outer;
    if (kept.last?.outer !== outer) kept.last = { outer, look: lookInside(outer, kept.style) };
    return kept.last.look;
  }

  return {
    lookOf(tag, outer) {
      if (NEVER_SHOWN.has(tag.name)) return { ...outer, gone: true };
      const hasItsColour = HAS_ITS_COLOUR.has(tag.name) && isOnItsOwnColour(outer);
      const around = hasItsColour ? { ...outer, colour: undefined } : outer;
      return lookWith(styleOf(tag), around);
    },
    styleSheet(css) {
      forgetAll();
      sheet.add(css);
    },
    isHidden: (look) => isUnseen(look) && !(onlyByPage(look) && sheet.hasUnknownBackgrounds()),
  };
}

const NOTHING: Declarations = new Map();
const NO_STYLE: Kept = { style: NOTHING };

function readStyle(name: string, attributes: Attributes, sheet: Sheet): Declarations {
  const style = attributes.get("style");
  return cascade([
    byAttributes(attributes),
    ...sheet.stylesOf(name, attributes),
    style === undefined ? NOTHING : readDeclarations(decodeHTML(style)),
  ]);
}

/** What attributes say that are older than style sheets, and weaker. */
const OLDER: ReadonlyMap<string, (value: string) => string> = new Map([
  ["hidden", () => "display:none"],
  ["bgcolor", (value: string) => `background-color:${value}`],
  ["background", () => "background-image:url()"],
  ["color", (value: string) => `color:${value}`],
  ["text", (value: string) => `color:${value}`],
]);

/** The attributes that say how an element looks, and with those that a style sheet goes by. */
const TELLING = ["style", ...OLDER.keys()];
const TELLING_A_SHEET = ["class", "id", ...TELLING];

function byAttributes(attributes: Attributes): Declarations {
  let style = "";
  for (const [name, value] of attributes) {
    const declaration = OLDER.get(name)?.(value);
    if (declaration !== undefined) style += `${declaration};`;
  }
  return style === "" ? NOTHING : readDeclarations(style);
}
