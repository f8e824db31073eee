// Where elements end whose end tags are left out or stand elsewhere, as far as it can be told without a tree (HTML Standard 13.1.2.4, 13.2.6).

/** What ends an element no further than to itself: a kind of elements. */
export type Barrier = "table" | "row" | "cell" | "button" | "list" | "block" | "any";

const list = (names: string) => names.split(" ");

/** They have no content. */
const VOID = new Set(list("area base br col embed hr img input link meta param source track wbr"));

/** Formatting that goes on in the next block when its own ends before it does (HTML Standard 13.2.4.3). */
const GOES_ON = new Set(list("a b big code em font i nobr s small strike strong tt u"));

/** What is an element in a table alone (HTML Standard 13.2.6.4.7), and ends there what was open beside the cells. */
const OF_TABLES = new Set(list("caption colgroup col tbody thead tfoot tr td th"));

const TABLES = ["table", "template"];
const CELLS = [...TABLES, ...list("td th caption object applet marquee")];
/** The "special" elements of HTML Standard 13.2.4.2, without those that have no content. */
const SPECIAL = new Set([
  ...CELLS,
  ...list(
    "address article aside blockquote body button center colgroup dd details dir div dl dt fieldset figcaption figure footer form frameset h1 head header " +
      "hgroup html iframe li listing main menu nav noembed noframes noscript ol p plaintext pre search section select summary tbody tfoot thead tr ul xmp",
  ),
]);

const MEMBERS: Readonly<Record<Barrier, ReadonlySet<string>>> = {
  table: new Set(TABLES),
  row: new Set([...TABLES, ...list("tbody thead tfoot tr")]),
  cell: new Set(CELLS),
  button: new Set([...CELLS, "button"]),
  list: new Set([...CELLS, "ol", "ul"]),
  block: SPECIAL.difference(new Set(["address", "div", "p"])),
  any: SPECIAL,
};

/** What of a kind an element ends, unless such a barrier stands between. */
type Ending = readonly [name: string, barrier: Barrier];

const each = (names: string, barrier: Barrier): Ending[] => list(names).map((name) => [name, barrier]);

const P: Ending = ["p", "button"];
const CELL = each("td th caption colgroup", "table");
const ROW = [...each("tr", "table"), ...CELL];
const GROUP = [...each("tbody thead tfoot", "table"), ...ROW];

const ENDED_BY = new Map<string, readonly Ending[]>([
  ...list(
    "address article aside blockquote center details dialog dir div dl fieldset figcaption figure footer form header hgroup listing main menu nav " +
      "ol plaintext pre search section summary table ul xmp",
  ).map((name): [string, Ending[]] => [name, [P]]),
  ["p", [P]],
  // A heading ends another only when it stands right in it.
  ["h1", [P, ["h1", "any"]]],
  ["li", [["li", "block"], P]],
  ...list("dd dt").map((name): [string, Ending[]] => [name, [...each("dd dt", "block"), P]]),
  ["option", each("option", "block")],
  ["optgroup", each("optgroup option", "block")],
  ["hr", [P, ...each("optgroup option", "block")]],
  ...list("td th").map((name): [string, Ending[]] => [name, CELL]),
  ["tr", ROW],
  ...list("tbody thead tfoot").map((name): [string, Ending[]] => [name, GROUP]),
  ...list("rb rt rp rtc").map((name): [string, Ending[]] => [name, each("rb rt rp rtc", "any")]),
  ...list("a nobr button").map((name): [string, Ending[]] => [name, each(name, "cell")]),
  ["body", [["head", "table"]]],
]);

const REACH = new Map<string, Barrier>([
  ...["table", ...OF_TABLES].map((name): [string, Barrier] => [name, "table"]),
  ["p", "button"],
  ["li", "list"],
]);

const HEADINGS = new Set(list("h1 h2 h3 h4 h5 h6"));

/** How the elements of a name begin and end. */
export interface Ends {
  /** The name that ends it. All headings are one: the end tag of any ends any. */
  readonly name: string;
  /** What it ends by beginning. */
  readonly endedBy: readonly Ending[];
  /** The barrier over which its end tag does not reach. */
  readonly reach: Barrier;
  /** The kinds of barrier that it is, if it is one. */
  readonly barriers: Readonly<Record<Barrier, boolean>> | undefined;
  readonly isVoid: boolean;
  readonly goesOn: boolean;
  readonly isOfTables: boolean;
}

function readEnds(tag: string): Ends {
  const name = HEADINGS.has(tag) ? "h1" : tag;
  return {
    name,
    endedBy: ENDED_BY.get(name) ?? [],
    reach: REACH.get(name) ?? "cell",
    barriers: SPECIAL.has(name) ? barriersOf(name) : undefined,
    isVoid: VOID.has(tag),
    goesOn: GOES_ON.has(tag),
    isOfTables: OF_TABLES.has(tag),
  };
}

function barriersOf(name: string): Record<Barrier, boolean> {
  const kinds = Object.entries(MEMBERS).map(([kind, members]) => [kind, members.has(name)]);
  return Object.fromEntries(kinds);
}

const ENDS = new Map(
  [...SPECIAL, ...VOID, ...GOES_ON, ...OF_TABLES, ...HEADINGS, ...ENDED_BY.keys(), ...REACH.keys()].map((name) => [
    name,
    readEnds(name),
  ]),
);

const OF_OTHERS = readEnds("");

export function endsOf(name: string): Ends {
  return ENDS.get(name) ?? { ...OF_OTHERS, name };
}
