import { attribute, type Tag } from "./html-tags.ts";

/** Follows the tags of a document and knows whether the text that comes next is hidden. */
export interface Hiding {
  /** @returns whether the tag belongs to an element that is not seen: such a tag keeps nothing apart either */
  tag(tag: Tag): boolean;
  active(): boolean;
}

/** Inline styles by which text is there and cannot be seen. White text is told only where its own element says white on white. */
const HIDDEN_STYLE =
  /(?:display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}hidden|font-size\s{0,9}:\s{0,9}0(?:px|pt|em|%)?\s{0,9}(?:;|!|$)|mso-hide\s{0,9}:\s{0,9}all|opacity\s{0,9}:\s{0,9}0(?:\.0{1,9})?\s{0,9}(?:;|!|$))/i;
const WHITE = "(?:#fff(?:fff)?|white)";
const WHITE_ON_WHITE = [
  new RegExp(`(?:^|[^-])color\\s{0,9}:\\s{0,9}${WHITE}`, "i"),
  new RegExp(`background(?:-color)?\\s{0,9}:\\s{0,9}${WHITE}`, "i"),
];

const VOID = new Set("area base br col embed hr img input link meta param source track wbr".split(" "));

/**
 * Tells what is hidden without a tree: it holds on to the outermost hidden element only and counts elements of the same
 * name inside it, so depth costs nothing. What it says decides where a text stands and is a hint for a person; it is searched all the same.
 */
export function createHiding(): Hiding {
  let outermost = "";
  let depth = 0;
  return {
    tag(tag) {
      if (depth > 0) {
        if (tag.name === outermost) depth += tag.closing ? -1 : 1;
        return true;
      }
      if (tag.closing || !isHidden(tag.attributes)) return false;
      if (!VOID.has(tag.name)) [outermost, depth] = [tag.name, 1];
      return true;
    },
    active: () => depth > 0,
  };
}

function isHidden(attributes: string): boolean {
  // Most tags have neither, and looking through attributes is what costs.
  if (!/style|hidden/i.test(attributes)) return false;
  if (attribute(attributes, "hidden") !== undefined) return true;
  const style = attribute(attributes, "style") ?? "";
  return HIDDEN_STYLE.test(style) || WHITE_ON_WHITE.every((pattern) => pattern.test(style));
}
