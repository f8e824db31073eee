import type { Attributes } from "./attributes.ts";
import { cascade, type Declarations, readDeclarations, withoutComments } from "./declarations.ts";

/** The style sheets of a document, as far as they were read. */
export interface Sheet {
  /** Reads the content of a `<style>` element. */
  add(css: string): void;
  /** What it says about an element, the weaker first. */
  stylesOf(name: string, attributes: Attributes): readonly Declarations[];
  isEmpty(): boolean;
  /** Whether a rule that was not understood paints a background: then nobody knows what a text stands on. */
  hasUnknownBackgrounds(): boolean;
}

/** UTF-16 units of all style sheets of a mail, and how many rules: real ones have some hundred. */
const MAX_CSS = 256 * 1024;
const MAX_RULES = 5_000;
/** Classes of one element that are looked up. */
const MAX_CLASSES = 50;

/** An element, a class or an id, or an element with one of those. All else depends on where an element stands, which is not known here. */
const SIMPLE = /^(\*|[a-z][\w-]{0,60})?([.#][\w-]{1,100})?$/i;

/** At-rules of which the content is for every screen. */
const FOR_SCREENS = /^@media\s(?:[^{}]{0,200},)?\s{0,9}(?:all|screen|only\s{1,9}screen)\s{0,9}(?:,|$)/i;

export function createSheet(): Sheet {
  /** By class or id, else by element or `*`: by element or empty. */
  const rules = new Map<string, Map<string, Declarations>>();
  let room = MAX_CSS;
  let ruleRoom = MAX_RULES;
  let unknownBackgrounds = false;

  function addRule(selector: string, declarations: Declarations): void {
    const [whole, element = "", mark = ""] = SIMPLE.exec(selector) ?? [];
    if (whole === undefined || whole === "" || ruleRoom-- <= 0) {
      unknownBackgrounds ||= declarations.has("background") || declarations.has("background-color");
      return;
    }
    const name = element.toLowerCase();
    const key = mark === "" ? name : mark;
    const ofKey = rules.get(key) ?? new Map<string, Declarations>();
    rules.set(key, ofKey);
    const within = mark === "" || name === "*" ? "" : name;
    const earlier = ofKey.get(within);
    // One set for each selector, so that a sheet which says the same a thousand times costs each element no more.
    ofKey.set(within, earlier === undefined ? declarations : cascade([earlier, declarations]));
  }

  return {
    add(css) {
      const text = withoutComments(css.slice(0, Math.max(0, room)).replace(/<!--|-->/g, " "));
      room -= css.length;
      for (const { selectors, block } of rulesIn(text)) {
        const declarations = readDeclarations(block);
        if (declarations.size > 0) for (const selector of selectors.split(",")) addRule(selector.trim(), declarations);
      }
    },
    stylesOf(name, attributes) {
      const classes = (attributes.get("class") ?? "").split(/\s+/, MAX_CLASSES).map((word) => `.${word}`);
      const keys = ["*", name, ...classes, `#${attributes.get("id") ?? ""}`];
      return keys.flatMap((key) => {
        const ofKey = rules.get(key);
        return ofKey === undefined ? [] : [ofKey.get(""), ofKey.get(name)].filter((found) => found !== undefined);
      });
    },
    isEmpty: () => rules.size === 0,
    hasUnknownBackgrounds: () => unknownBackgrounds,
  };
}

/** The rules of a sheet, those for screens of any size too, but not those of other at-rules. */
function* rulesIn(css: string): Generator<{ selectors: string; block: string }> {
  let passedOver = 0;
  for (let at = 0; at < css.length; ) {
    const brace = nextBrace(css, at);
    // What ends in a semicolon before it is an at-rule of its own, such as @import.
    const head = css.slice(css.lastIndexOf(";", brace) < at ? at : css.lastIndexOf(";", brace) + 1, brace).trim();
    at = brace + 1;
    if (css.charAt(brace) === "}") {
      passedOver = Math.max(0, passedOver - 1);
    } else if (head.startsWith("@")) {
      if (passedOver > 0 || !FOR_SCREENS.test(head)) passedOver++;
    } else {
      const end = nextBrace(css, at);
      if (passedOver === 0) yield { selectors: head, block: css.slice(at, end) };
      at = css.charAt(end) === "}" ? end + 1 : end;
    }
  }
}

function nextBrace(css: string, from: number): number {
  BRACE.lastIndex = from;
  return BRACE.exec(css)?.index ?? css.length;
}

const BRACE = /[{}]/g;
