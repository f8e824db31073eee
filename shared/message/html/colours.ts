/** Red, green and blue, 0 to 255. */
export type Colour = readonly [red: number, green: number, blue: number];

/**
 * A colour as HTML or CSS writes it: `undefined` when it cannot be told (a name that is not here, a picture),
 * `transparent` when nothing is painted.
 */
export function readColour(written: string): Colour | "transparent" | undefined {
  const text = written.trim().toLowerCase();
  if (text === "transparent") return text;
  const hex = NAMES.get(text) ?? /^#?([0-9a-f]{3,8})$/.exec(text)?.[1];
  if (hex !== undefined) return readHex(hex);
  const [, model = "", list = ""] = /^(rgb|hsl)a?\(([^()]{1,100})\)$/.exec(text) ?? [];
  const parts = list.split(/[\s,/]+/).filter((part) => part !== "");
  if (parts.length < 3) return undefined;
  const [first = "", second = "", third = "", alpha = "1"] = parts;
  const colour: Colour =
    model === "rgb"
      ? [scaled(first, 255), scaled(second, 255), scaled(third, 255)]
      : fromHsl(Number.parseFloat(first), scaled(second, 1), scaled(third, 1));
  return colour.some(Number.isNaN) ? undefined : painted(colour, scaled(alpha, 1));
}

/** What a person can hardly tell apart, on each channel. */
const HARDLY_DIFFERENT = 20;

export function looksLike(one: Colour, other: Colour): boolean {
  return isNear(one[0], other[0]) && isNear(one[1], other[1]) && isNear(one[2], other[2]);
}

function isNear(one: number, other: number): boolean {
  return Math.abs(one - other) <= HARDLY_DIFFERENT;
}

/** What is nearly transparent is not seen; of what is half so, nobody knows the colour. */
function painted(colour: Colour, alpha: number): Colour | "transparent" | undefined {
  if (alpha < 0.1) return "transparent";
  return alpha > 0.9 ? colour : undefined;
}

function readHex(hex: string): Colour | "transparent" | undefined {
  const digits = hex.length < 5 ? hex.replace(/./g, "$&$&") : hex;
  const [red = 0, green = 0, blue = 0, alpha = 255] = (digits.match(/../g) ?? []).map((pair) =>
    Number.parseInt(pair, 16),
  );
  return hex.length === 5 || hex.length === 7 ? undefined : painted([red, green, blue], alpha / 255);
}

/** A number, or a percentage of `whole`. */
function scaled(written: string, whole: number): number {
  const number = Number.parseFloat(written);
  return written.endsWith("%") ? (number * whole) / 100 : number;
}

/** CSS Color 4, section 7.1. */
function fromHsl(hue: number, saturation: number, lightness: number): Colour {
  const channel = (n: number) => {
    const k = (n + hue / 30) % 12;
    const spread = saturation * Math.min(lightness, 1 - lightness);
    return 255 * (lightness - spread * Math.max(-1, Math.min(k - 3, 9 - k, 1)));
  };
  return [channel(0), channel(8), channel(4)];
}

/** The names of HTML 4, and those of CSS that hide on white or on black. */
const NAMES = new Map(
  (
    "white fff,snow fffafa,ghostwhite f8f8ff,floralwhite fffaf0,ivory fffff0,mintcream f5fffa,azure f0ffff,aliceblue f0f8ff," +
    "whitesmoke f5f5f5,seashell fff5ee,honeydew f0fff0,oldlace fdf5e6,linen faf0e6,lavenderblush fff0f5,lightyellow ffffe0," +
    "cornsilk fff8dc,beige f5f5dc,gainsboro dcdcdc,lightgray d3d3d3,lightgrey d3d3d3,silver c0c0c0,darkgray a9a9a9," +
    "darkgrey a9a9a9,gray 808080,grey 808080,black 000,navy 000080,darkblue 00008b,blue 00f,teal 008080,green 008000," +
    "lime 0f0,aqua 0ff,cyan 0ff,maroon 800000,red f00,purple 800080,fuchsia f0f,magenta f0f,olive 808000,yellow ff0,orange ffa500"
  )
    .split(",")
    .map((entry) => entry.split(" ") as [string, string]),
);
