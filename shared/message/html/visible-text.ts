import { createTrack, SEPARATORS, type Separator, stronger, type Track } from "./text-track.ts";

/** A text of which a person does not see all. */
interface PartlySeen {
  readonly text: string;
  /** Ranges of `text` that are hidden, ascending, in UTF-16 units; of very many, the first. */
  readonly hidden: readonly (readonly [start: number, end: number])[];
}

/** Text as a person sees it; what is there but hidden stands behind it. */
export interface VisibleText extends PartlySeen {
  /**
   * The text as it would read if nothing were hidden, when something is: whether it is so, mail programs do not agree
   * on, and a word of which a letter is hidden for one of them is whole for another.
   */
  readonly unhidden?: PartlySeen;
}

/**
 * What a person sees of a text or tag: `gone` is hidden and takes no room, and what is `elsewhere` is shown by few mail
 * programs: it is part of the text as if nothing were hidden, and of nothing else.
 */
export type Sight = "seen" | "unseen" | "gone" | "elsewhere";

export interface VisibleTextBuilder {
  /** Adds text with HTML's white space in it, which is folded unless `keepSpace` is on. */
  text(piece: string, sight: Sight): void;
  /** Keeps what comes next apart; of several separators in a row the strongest counts. */
  separate(by: Separator, sight: Sight): void;
  /** As inside `<pre>`. Nested, it counts. */
  keepSpace(on: boolean): void;
  end(): VisibleText;
}

/** Hidden ranges that are told of the text as if nothing were hidden. The attack: a million hidden letters. */
const MAX_HIDDEN = 10_000;

/**
 * Text that nobody sees is gathered for itself and stands at the end, so that it cannot part a word that is seen:
 * `out<i hidden>x</i>age` reads as "outage".
 */
export function createVisibleText(): VisibleTextBuilder {
  const seen = createTrack();
  const unseen = createTrack();
  // Until something is hidden, it is what is seen.
  let whole: Track | undefined;
  let aheadOfWhole: Separator = "none";
  const hiddenInWhole: [start: number, end: number][] = [];
  let before: Sight = "seen";

  function hide(piece: string, sight: Sight): void {
    if (whole === undefined) {
      whole = seen.copy();
      whole.separate(aheadOfWhole);
    }
    const added = whole.text(piece);
    const end = whole.length();
    if (added > 0 && hiddenInWhole.length < MAX_HIDDEN) hiddenInWhole.push([end - added, end]);
    if (sight === "elsewhere") return;
    if (before === "seen") unseen.separate("paragraph");
    unseen.text(piece);
  }

  return {
    text(piece, sight) {
      if (piece === "") return;
      if (sight === "seen") {
        whole?.text(piece);
        seen.text(piece);
        aheadOfWhole = "none";
      } else hide(piece, sight);
      if (sight !== "elsewhere") before = sight;
    },
    separate(by, sight) {
      if (by === "none") return;
      if (sight === "seen" || sight === "unseen") seen.separate(by);
      if (sight === "unseen" || sight === "gone") unseen.separate(by);
      if (whole === undefined) aheadOfWhole = stronger(aheadOfWhole, by);
      else whole.separate(by);
    },
    keepSpace(on) {
      for (const track of [seen, unseen, whole]) track?.keepSpace(on);
    },
    end() {
      const [text, hidden] = [seen.end(), unseen.end()];
      const unhidden = whole === undefined ? {} : { unhidden: { text: whole.end(), hidden: hiddenInWhole } };
      if (hidden === "") return { text, hidden: [], ...unhidden };
      const start = text === "" ? 0 : text.length + SEPARATORS.paragraph.length;
      return {
        text: text === "" ? hidden : text + SEPARATORS.paragraph + hidden,
        hidden: [[start, start + hidden.length]],
        ...unhidden,
      };
    },
  };
}
