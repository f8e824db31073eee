import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { htmlToText } from "../../../shared/message/html/html-text.ts";

describe("what a person sees", () => {
  test.each([
    ["nothing", "", ""],
    ["tags go, words stay", "<p>Hello <b>world</b></p>", "Hello world"],
    ["inline tags join words", "out<b>a</b><span>ge</span>", "outage"],
    ["block tags separate them", "<p>one</p><p>two</p>", "one\n\ntwo"],
    ["div and br are line ends", "one<br>two<div>three</div>four", "one\ntwo\nthree\nfour"],
    ["cells stand apart", "<table><tr><td>foo</td><td>bar</td></tr><tr><td>x</td></tr></table>", "foo\tbar\n\nx"],
    ["list items stand apart", "<ul><li>a<li>b</ul>c", "a\n\nb\n\nc"],
    ["white space folds", " a \r\n\t b&nbsp;&nbsp;c ", "a b c"],
    ["a space at a tag's edge is one space", "a <b> b</b> c", "a b c"],
    ["pre keeps its lines", "<pre>a\r\n  b</pre> c", "a\n  b\n\nc"],
    [
      "entities, also without semicolon",
      "caf&eacute; &amp &lt;b&gt; &#x969c;&#23475; &notanentity;",
      "café & <b> 障害 ¬anentity;",
    ],
    [
      "script, style, title and comments are not seen",
      "<title>t</title><style>p{}</style><script>1<2;'</p>'</script>a<!-- b -->c",
      "ac",
    ],
    ["a comment that closes at once", "a<!-->b<!--->c", "abc"],
    ["conditional comments of Outlook", "a<!--[if mso]>b<![endif]--><![if !mso]>c<![endif]>", "ac"],
    ["doctype and processing instructions", "<!DOCTYPE html><?xml version='1.0'?>a", "a"],
    ["a less-than that is text", "a < b and 1<2", "a < b and 1<2"],
    ["a > inside an attribute does not end the tag", "<a title=\"x > y\" href='a>b'>link</a>", "link"],
    ["a stray quote does not swallow the mail", '<a href="x>link</a> and more', "link and more"],
    [
      "alternative text of images, which are blocked",
      'Status: <img src="x" alt="service &quot;down&quot;"> now',
      'Status: service "down" now',
    ],
    ["an image without one", "a<img src=x>b", "ab"],
    ["an unclosed tag at the end", "a<b", "a"],
    ["a tag's name ends at white space or a slash only", "<style.x>a</style><scripty>b", "ab"],
    ["controls stand apart", "a<button>b</button>c<textarea>d</textarea>", "a\n\nb\n\nc\n\nd"],
    ["upper case tags", "<P>a</P><SCRIPT>x</SCRIPT>b", "a\n\nb"],
    ["a script whose end tag looks odd", "<script>x</script\n>a", "a"],
  ])("%s", (_, html, text) => {
    expect(htmlToText(html).text).toBe(text);
  });

  test("a line break in the source of Japanese text is no space, a paragraph is", () => {
    expect(htmlToText("<p>システム障\r\n  害が発生</p><p>害</p>").text).toBe("システム障害が発生\n\n害");
    expect(htmlToText("障\n<b>害</b>").text).toBe("障害");
    expect(htmlToText("障 害 and\nmore").text).toBe("障 害 and more");
  });
});

describe("hidden text is kept and marked", () => {
  const hiddenWords = (html: string): string[] => {
    const { text, hidden } = htmlToText(html);
    return hidden.map(([start, end]) => text.slice(start, end));
  };
  test.each([
    ['<span style="display: none">a b</span>c', ["a b"]],
    ["<div style='VISIBILITY:hidden'><div>a</div>b</div>c", ["a\nb"]],
    ['<span style="font-size:0px;line-height:1">a</span>b', ["a"]],
    ['<span style="font-size:0.9em">a</span>b', []],
    ['<span style="opacity:0">a</span>b', ["a"]],
    ['<span style="mso-hide:all">a</span>b', ["a"]],
    ['<p style="color:#fff;background:#ffffff">a</p>b', ["a"]],
    ['<p style="color:#fff;background:#000">a</p>b', []],
    ["<p hidden>a</p>b", ["a"]],
    ['<p class="hidden">a</p>b', []],
    ['<img alt="x" style="display:none">b', ["x"]],
    ['<b style="display:none">a</b>b<b style="display:none">c</b>', ["a\n\nc"]],
  ])("%s", (html, words) => {
    expect(hiddenWords(html)).toEqual(words);
  });
});

test.each([
  ["out<span style='display:none'>x</span>age", "outage\n\nx"],
  ["out<i hidden>x</i>age, <i hidden>y</i>now", "outage, now\n\nx\n\ny"],
  ["<b hidden>x</b>", "x"],
  ["障<font style='font-size:0px'>a</font>害", "障害\n\na"],
  ["out<div hidden><p>x</p></div>age", "outage\n\nx"],
  ["out<br style='display:none'>age", "outage"],
  ["<!-- a --!>outage", "outage"],
  ["<!-- a --!> b --> c", "b --> c"],
])("hidden text parts no word that is seen: %s", (html, text) => {
  expect(htmlToText(html).text).toBe(text);
});

describe("hostile HTML", () => {
  test("trap 2, HTML nested 1,500 deep and more: the text is there", () => {
    const html = `${"<div>".repeat(5000)}outage${"</div>".repeat(5000)}`;
    expect(htmlToText(html).text).toBe("outage");
  });
  test("trap 2, 500 nested tables: the text is there", () => {
    const html = `${"<table><tr><td>".repeat(800)}outage${"</td></tr></table>".repeat(800)}`;
    expect(htmlToText(html).text).toBe("outage");
  });
  test("a style that is never closed hides nothing", () => {
    expect(htmlToText("<style>p{}<p>outage").text).toContain("outage");
  });
  test.each([
    ["unclosed styles", "<style>", "x"],
    ["unclosed comments", "<!--", "x"],
    ["tags that never end", "<a ", "x"],
    ["quotes that never end", '<a x="', "x"],
    ["less-than signs", "<", "x"],
    ["spaces", " ", "x"],
    ["hidden elements", '<i style="display:none">', "x"],
  ])("a megabyte of %s ends", (_, piece, end) => {
    const html = piece.repeat(Math.ceil(2 ** 20 / piece.length)) + end;
    expect(htmlToText(html).text.length).toBeLessThanOrEqual(html.length);
  });

  test("any text gives text, with hidden ranges inside it and in order", () => {
    const piece = fc.constantFrom(
      "<",
      ">",
      "<p",
      "</p>",
      '"',
      "'",
      " style=",
      "display:none",
      "&",
      "&lt;",
      "<!--",
      "-->",
      "<pre>",
      "\n",
      "障",
      "a",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const { text, hidden } = htmlToText(pieces.join(""));
        const places = hidden.flat();
        expect(places.every((place) => place >= 0 && place <= text.length)).toBe(true);
        expect(places).toEqual([...places].sort((a, b) => a - b));
      }),
    );
  });
});
