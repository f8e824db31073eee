import { decodeHTML } from "entities";
import { cascade, type Declarations, readDeclarations } from "./declarations.ts";
import { isOnItsOwnColour, isUnseen, type Look, lookInside, PLAIN } from "./look.ts";
import { createSheet, type Sheet } from "./sheet.ts";
import { type Attributes, readAttributes, type Tag } from "./tags.ts";

/** What they hold is not shown, whatever their style says. */
const NEVER_SHOWN = new Set(["template", "noembed", "noframes", "iframe"]);
/** White on a page of which only we say that it is white. */
function onlyByPage(look: Look): boolean {
  return look.background === PLAIN.background && !isUnseen({ ...look, colour: undefined });
}

/** A link is blue in white text too, and the words of a picture are mostly in the picture. */
const HAS_ITS_COLOUR = new Set(["a", "img"]);

/** Most tags have none of these, and looking through attributes is what costs. */
const MATTERS = /style|hidden|color|background|text/i;
const BY_SHEET = /class|id/i;

/** Tags of which the style is kept, as most are written many times, and how long such a tag is. */
const MAX_KEPT = 200;
const MAX_KEPT_LENGTH = 500;

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
  const kept = new Map<string, Declarations>();

  function styleOf(tag: Tag): Declarations {
    const bySheet = !sheet.isEmpty();
    const { name, attributes } = tag;
    const isTold = attributes !== "" && (MATTERS.test(attributes) || (bySheet && BY_SHEET.test(attributes)));
    if (!isTold && !bySheet) return NOTHING;
    const key = isTold ? `${name} ${attributes}` : name;
    const known = kept.get(key);
    if (known !== undefined) return known;
    const style = readStyle(name, isTold ? readAttributes(attributes) : NONE, sheet);
    if (kept.size >= MAX_KEPT) kept.clear();
    if (key.length <= MAX_KEPT_LENGTH) kept.set(key, style);
    return style;
  }

  return {
    lookOf(tag, outer) {
      if (NEVER_SHOWN.has(tag.name)) return { ...outer, gone: true };
      const hasItsColour = HAS_ITS_COLOUR.has(tag.name) && isOnItsOwnColour(outer);
      const around = hasItsColour ? { ...outer, colour: undefined } : outer;
      const style = styleOf(tag);
      return style.size === 0 ? around : lookInside(around, style);
    },
    styleSheet(css) {
      kept.clear();
      sheet.add(css);
    },
    isHidden: (look) => isUnseen(look) && !(onlyByPage(look) && sheet.hasUnknownBackgrounds()),
  };
}

const NOTHING: Declarations = new Map();

function readStyle(name: string, attributes: Attributes, sheet: Sheet): Declarations {
  const style = attributes.get("style");
  return cascade([
    byAttributes(attributes),
    ...sheet.stylesOf(name, attributes),
    style === undefined ? NOTHING : readDeclarations(decodeHTML(style)),
  ]);
}

const NONE: Attributes = new Map();

/** What attributes say that are older than style sheets, and weaker. */
const OLDER: ReadonlyMap<string, (value: string) => string> = new Map([
  ["hidden", () => "display:none"],
  ["bgcolor", (value: string) => `background-color:${value}`],
  ["background", () => "background-image:url()"],
  ["color", (value: string) => `color:${value}`],
  ["text", (value: string) => `color:${value}`],
]);

function byAttributes(attributes: Attributes): Declarations {
  let style = "";
  for (const [name, value] of attributes) {
    const declaration = OLDER.get(name)?.(value);
    if (declaration !== undefined) style += `${declaration};`;
  }
  return style === "" ? NOTHING : readDeclarations(style);
}
