import { textHeader } from "../support/raw-mails.ts";
import { filled, type HostileMail, KEYWORD, type Megabytes } from "./hostile-mail.ts";

const HTML = textHeader("text/html; charset=utf-8");

/** An HTML mail of one thing again and again. */
function repeated(name: string, why: string, unit: string, bytes: number, before = "<p>"): HostileMail {
  return {
    name,
    why,
    found: KEYWORD,
    *pieces() {
      yield `${HTML}${KEYWORD}${before}`;
      yield* filled(unit, bytes);
    },
  };
}

function nested(name: string, tag: string, end: string, depth: number): HostileMail {
  return {
    name,
    why: "html-to-text gives up in silence and says that there is no text: the keyword is never seen",
    found: KEYWORD,
    *pieces() {
      yield HTML;
      yield* filled(tag, tag.length * depth);
      yield KEYWORD;
      yield* filled(end, end.length * depth);
    },
  };
}

/** HTML that is deep, unclosed, or made of what costs most. */
export function htmlMails(megabytes: Megabytes): readonly HostileMail[] {
  return [
    nested("HTML nested 5,000 deep", "<div>", "</div>", 5_000),
    nested("HTML nested 100,000 deep", "<b><i>", "</i></b>", 50_000),
    nested("800 tables inside each other", "<table><tr><td>", "</td></tr></table>", 800),
    {
      name: "100,000 elements hidden inside each other",
      why: "whether a text is hidden is asked of everything around it: quadratic",
      found: KEYWORD,
      *pieces() {
        const tag = '<span style="display:none;font-size:0">';
        yield HTML;
        yield* filled(tag, tag.length * 100_000);
        yield KEYWORD;
      },
    },
    {
      name: "a keyword of tags, entities, soft hyphens and zero-width characters",
      why: "a reader sees the word, a search sees none of it",
      found: KEYWORD,
      *pieces() {
        yield `${HTML}s<b>a</b>&shy;b<!-- x -->&#x200b;o&#116;<wbr>&#xFF41;<span></span>&ZeroWidthSpace;g&#x65;`;
      },
    },
    repeated("<style> without an end", "each looks for its end to the end: quadratic", "<style>", megabytes(16)),
    repeated("comments without an end", "each looks for its end to the end: quadratic", "<!--", megabytes(16)),
    repeated("links without an end", "each looks for its > to the end: quadratic", "<a ", megabytes(16)),
    repeated("quotes in tags", "where an attribute ends depends on all before", "<a b='\"", megabytes(16)),
    repeated("entities without an end", "each is looked up at every length", "&amp", megabytes(16)),
    repeated("numbers of entities without an end", "a number of a million digits", "&#9999999999", megabytes(16)),
    repeated("one tag of a million attributes", "each becomes an object", ' x="y"', megabytes(16), "<a"),
    repeated("16 MB of line breaks and cells", "each becomes white space to fold", "<br><td> &nbsp;\n", megabytes(16)),
    repeated(
      "declarations and sections",
      "each has an end of its own",
      "<![CDATA[<?x ]><!DOCTYPE <script>",
      megabytes(16),
    ),
  ];
}
