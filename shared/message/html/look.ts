import { type Colour, looksLike, readColour } from "./colours.ts";
import type { Declarations } from "./declarations.ts";

/** What decides whether a text is seen, of how its element and those around it look. */
export interface Look {
  /** The element takes no room either: what stands before it and behind it meet. Nothing in it is shown again. */
  readonly gone: boolean;
  /** It takes room, and nothing in it is shown. */
  readonly blank: boolean;
  // The rest is inherited, and may be undone by an element inside.
  readonly invisible: boolean;
  readonly tiny: boolean;
  readonly outdented: boolean;
  /** `undefined`: it cannot be told. */
  readonly colour: Colour | "transparent" | undefined;
  readonly background: Colour | undefined;
}

/** A page before anything is said about it. */
export const PLAIN: Look = {
  gone: false,
  blank: false,
  invisible: false,
  tiny: false,
  outdented: false,
  colour: [0, 0, 0],
  background: [255, 255, 255],
};

export function isUnseen(look: Look): boolean {
  return look.gone || look.blank || look.invisible || look.tiny || look.outdented || isOnItsOwnColour(look);
}

export function isOnItsOwnColour({ colour, background }: Look): boolean {
  if (colour === "transparent") return true;
  return colour !== undefined && background !== undefined && looksLike(colour, background);
}

/** How an element looks inside what looks like `outer`. */
export function lookInside(outer: Look, style: Declarations): Look {
  const value = (property: string) => style.get(property)?.value;
  const visibility = value("visibility");
  const size = value("font-size") ?? /(?:^|\s)([\d.]{1,9}[a-z%]{0,4})(?:[\s/]|$)/.exec(value("font") ?? "")?.[1];
  const indent = value("text-indent");
  const colour = value("color");
  return {
    gone: outer.gone || value("display") === "none" || value("mso-hide") === "all" || isOffScreen(value),
    blank: outer.blank || isBlank(value),
    invisible: visibility === undefined ? outer.invisible : visibility === "hidden" || visibility === "collapse",
    tiny: size === undefined ? outer.tiny : (pixels(size) ?? NORMAL) <= TINY,
    outdented: indent === undefined ? outer.outdented : (pixels(indent) ?? 0) <= OFF_SCREEN,
    colour: colour === undefined || KEPT.has(colour) ? outer.colour : readColour(colour),
    background: backgroundInside(outer.background, value),
  };
}

type Value = (property: string) => string | undefined;

/** A pixel and less is no letter. */
const TINY = 1;
const NORMAL = 16;
const OFF_SCREEN = -500;
const KEPT = new Set(["inherit", "unset", "currentcolor", ""]);
const OUT_OF_FLOW = new Set(["absolute", "fixed"]);

function isOffScreen(value: Value): boolean {
  if (!OUT_OF_FLOW.has(value("position") ?? "")) return false;
  const clipped = /^rect\((?:[01](?:px)?[\s,]{1,9}){3}[01](?:px)?\)$/.test(value("clip") ?? "");
  return clipped || ["left", "top", "right", "bottom"].some((side) => (pixels(value(side) ?? "") ?? 0) <= OFF_SCREEN);
}

function isBlank(value: Value): boolean {
  const isZero = (property: string) => pixels(value(property) ?? "") === 0;
  const clips = /^(?:hidden|clip)/.test(value("overflow") ?? "");
  return (
    Number.parseFloat(value("opacity") ?? "1") < 0.1 ||
    (clips && ["width", "max-width", "height", "max-height"].some(isZero)) ||
    ["margin-left", "margin-top"].some((side) => (pixels(value(side) ?? "") ?? 0) <= OFF_SCREEN) ||
    /^(?:inset\((?:50|100)%\)|circle\(0(?:px)?\))$/.test(value("clip-path") ?? "") ||
    /^scale\(0[),]/.test(value("transform") ?? "")
  );
}

/** `undefined`: a picture, or a colour that cannot be told. */
function backgroundInside(outer: Colour | undefined, value: Value): Colour | undefined {
  const image = value("background-image");
  if (image !== undefined && image !== "none" && image !== "") return undefined;
  let background = outer;
  for (const written of [value("background"), value("background-color")]) {
    if (written === undefined || KEPT.has(written) || written === "none") continue;
    if (/url\(|gradient|image/.test(written)) return undefined;
    const colour = written.includes("(") ? readColour(written) : firstColour(written);
    if (colour !== "transparent") background = colour;
  }
  return background;
}

/** Of the shorthand `background`, which says more than a colour. */
function firstColour(written: string): Colour | "transparent" | undefined {
  return written
    .split(/\s+/)
    .map(readColour)
    .find((colour) => colour !== undefined);
}

const UNITS: ReadonlyMap<string, number> = new Map([
  ["", 1],
  ["px", 1],
  ["pt", 4 / 3],
  ["em", NORMAL],
  ["rem", NORMAL],
  ["ex", NORMAL / 2],
  ["%", NORMAL / 100],
  ["in", 96],
  ["cm", 38],
  ["mm", 3.8],
]);

/** A length in pixels; relative ones as if the text around had its normal size. */
function pixels(written: string): number | undefined {
  const [, number = "", unit = ""] = /^(-?[\d.]{1,20})([a-z%]{0,4})$/.exec(written) ?? [];
  const scale = UNITS.get(unit);
  return number === "" || scale === undefined ? undefined : Number.parseFloat(number) * scale;
}
