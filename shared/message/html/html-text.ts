import { decodeHTML } from "entities";
import { inSlices } from "../slices.ts";
import { attribute } from "./attributes.ts";
import { createHiding } from "./hiding.ts";
import { outlookPart, readTag, type Tag } from "./tags.ts";
import type { Separator } from "./text-track.ts";
import { createVisibleText, type VisibleText, type VisibleTextBuilder } from "./visible-text.ts";

/** Elements whose content is no text, whatever stands in it up to their end tag. */
const RAW = new Map(["script", "style", "title"].map((name) => [name, new RegExp(`</${name}(?=[\\s/>])`, "gi")]));

/** How an element's tags keep texts apart. All others are inline: a word may go on through them. */
const SEPARATES = new Map<string, Separator>([
  ...names("td th", "cell"),
  ...names("br div", "line"),
  ...names(
    "address article aside blockquote body button caption center dd details dialog dir dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 " +
      "header hr html legend li main marquee menu nav ol optgroup option p pre section select summary table tbody textarea tfoot thead tr ul",
    "paragraph",
  ),
]);

function names(list: string, separator: Separator): (readonly [string, Separator])[] {
  return list.split(" ").map((name) => [name, separator]);
}

/**
 * What a person sees of HTML: no tags, scripts, styles or comments; entities decoded; inline tags join words, block tags
 * separate them. Text that is hidden (see `createHiding`) stands behind it all, and its place is told.
 *
 * One pass without a tree, so nesting of any depth costs nothing. Libraries give up at some 1,000 levels and return no
 * text at all, which is a way to hide a keyword.
 */
export function htmlToText(html: string): VisibleText {
  const visible = createVisibleText();
  readHtml(html, visible, "everywhere");
  return visible.end();
}

function readHtml(html: string, visible: VisibleTextBuilder, shown: "everywhere" | "in Outlook"): void {
  const hiding = createHiding();
  const skipRaw = createRawSkipper(html);
  const sight = () => (shown === "everywhere" ? hiding.sight() : "elsewhere");
  for (let at = 0; at < html.length; ) {
    const open = html.indexOf("<", at);
    visible.text(decode(html.slice(at, open < 0 ? html.length : open)), sight());
    if (open < 0) break;
    const tag = readTag(html, open);
    if (tag === undefined) visible.text("<", sight());
    else if (tag.name === "") readOutlookPart(open, tag.end);
    else show(tag);
    at = tag === undefined ? open + 1 : skipRaw(tag);
    if (tag?.name === "style" && at > tag.end && isForScreens(tag)) hiding.styleSheet(html.slice(tag.end, at));
  }

  function show(tag: Tag): void {
    const ofTag = hiding.tag(tag);
    const sight = shown === "everywhere" ? ofTag : "elsewhere";
    visible.separate(SEPARATES.get(tag.name) ?? "none", sight);
    if (tag.name === "pre") visible.keepSpace(!tag.closing);
    // Mail programs block remote images, so their alternative text is what is seen.
    if (tag.name === "img") visible.text(decode(attribute(tag.attributes, "alt") ?? ""), sight);
  }

  /** A conditional comment is shown by Outlook alone. Comments do not nest, so this goes no deeper. */
  function readOutlookPart(open: number, end: number): void {
    const part = shown === "everywhere" ? outlookPart(html, open, end) : "";
    if (part !== "") readHtml(part, visible, "in Outlook");
  }
}

function isForScreens({ attributes }: Tag): boolean {
  return /^\s*$|\b(?:all|screen)\s*(?:,|$)/i.test(attribute(attributes, "media")?.slice(0, 100) ?? "");
}

/** What an entity is made of behind its ampersand: no slice ends in front of such, or it could cut one. */
const IN_ENTITY = /[0-9A-Za-z#;]/;

function decode(text: string): string {
  if (!text.includes("&")) return text;
  return inSlices(text, decodeHTML, (_, after) => IN_ENTITY.test(String.fromCharCode(after)));
}

/**
 * Finds where text goes on after a tag: for a raw element after its end tag. One that is never closed hides nothing:
 * its content is then read as text, since searching too much is safe and searching too little is not.
 */
function createRawSkipper(html: string): (tag: Tag) => number {
  // Names known to have no further end tag, or a million `<style>` would each search the rest of the mail.
  const unclosed = new Set<string>();
  return (tag) => {
    const endTag = tag.closing || unclosed.has(tag.name) ? undefined : RAW.get(tag.name);
    if (endTag === undefined) return tag.end;
    endTag.lastIndex = tag.end;
    const found = endTag.exec(html);
    if (found === null) unclosed.add(tag.name);
    return found?.index ?? tag.end;
  };
}
