/** By property, the value that counts and whether it is `!important`. */
export type Declarations = ReadonlyMap<string, Declared>;

interface Declared {
  readonly value: string;
  readonly important: boolean;
}

/** What can hide a text, or show it again. */
const PROPERTIES = new Set(
  (
    "display visibility opacity color background background-color background-image font font-size text-indent mso-hide overflow " +
    "width max-width height max-height position left top right bottom margin-left margin-top clip clip-path transform"
  ).split(" "),
);

/** Reads the declarations of a style attribute or of a rule. Of what is said twice, the last counts, as in a mail program. */
export function readDeclarations(style: string): Declarations {
  const declarations = new Map<string, Declared>();
  for (const declaration of withoutComments(style).toLowerCase().split(";")) {
    const colon = declaration.indexOf(":");
    const property = declaration.slice(0, Math.max(colon, 0)).trim();
    if (!PROPERTIES.has(property)) continue;
    const written = declaration.slice(colon + 1).trim();
    const mark = written.indexOf("!");
    const value = (mark < 0 ? written : written.slice(0, mark)).trim();
    add(declarations, property, { value, important: mark >= 0 });
  }
  return declarations;
}

/** One upon the other, the stronger last: an important one is passed over by an important one only (CSS Cascade, section 6). */
export function cascade(layers: readonly Declarations[]): Declarations {
  const declarations = new Map<string, Declared>();
  for (const layer of layers) for (const [property, declared] of layer) add(declarations, property, declared);
  return declarations;
}

function add(declarations: Map<string, Declared>, property: string, declared: Declared): void {
  if (declared.important || !declarations.get(property)?.important) declarations.set(property, declared);
}

/** Walked by hand: an expression would look for the end of each comment that has none. */
export function withoutComments(css: string): string {
  let text = "";
  let at = 0;
  for (let open = css.indexOf("/*"); open >= 0; open = css.indexOf("/*", at)) {
    text += `${css.slice(at, open)} `;
    const close = css.indexOf("*/", open + 2);
    if (close < 0) return text;
    at = close + 2;
  }
  return text + css.slice(at);
}
