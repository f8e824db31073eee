import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { htmlToText } from "../../../shared/message/html/html-text.ts";

/** The words that are hidden, each in its own range of the text as if nothing were. */
function hiddenWords(html: string): readonly string[] {
  const { text = "", hidden = [] } = htmlToText(html).unhidden ?? {};
  return hidden.map(([start, end]) => text.slice(start, end));
}

const styled = (style: string, around = "") => `<div style="${around}"><span style="${style}">x</span></div>y`;

describe("a style that hides", () => {
  test.each([
    "display:none",
    "DISPLAY : NONE ! important",
    "display:/* a */none",
    "display&#58;none",
    "display:block;display:none",
    "display:none!important;display:block",
    "visibility:hidden",
    "visibility:collapse",
    "opacity:0",
    "opacity:.0",
    "opacity:0%",
    "font-size:0",
    "font-size:0px;line-height:1",
    "font-size:1px",
    "font-size:0.5pt",
    "font-size:0em",
    "font-size:0%",
    "font:0/0 a",
    "font:italic 1px serif",
    "width:0;overflow:hidden",
    "max-height:0px;overflow:hidden",
    "height:0;overflow-x:auto;overflow:clip",
    "position:absolute;left:-9999px",
    "position:fixed;top:-100em",
    "position:absolute;clip:rect(0 0 0 0)",
    "position:absolute;clip:rect(1px, 1px, 1px, 1px)",
    "clip-path:inset(100%)",
    "transform:scale(0)",
    "margin-left:-10000px",
    "text-indent:-9999px",
    "mso-hide:all",
    "color:transparent",
    "color:rgba(0,0,0,0)",
    "color:#0000",
    "color:#fff",
    "color:white",
    "color:#FEFEFE",
    "color:rgb(255, 255, 255)",
    "color:rgb(100% 100% 100%)",
    "color:hsl(0, 0%, 100%)",
    "color:snow",
    "color:#fff;background:#ffffff",
    "color:#336699;background-color:#33669a",
    "color:red;background:none repeat red",
  ])("%s", (style) => {
    expect(hiddenWords(styled(style))).toEqual(["x"]);
  });
});

describe("a style that hides nothing, or another that undoes it", () => {
  test.each([
    "display:none;display:block",
    "display:block!important;display:none",
    "display:nonesuch",
    "displaynone",
    "-webkit-display:none",
    "visibility:visible",
    "opacity:0.5",
    "font-size:0.9em",
    "font-size:10px",
    "font-size:small",
    "font:10px serif",
    "font:0.9em/1 a",
    "font-size:0px;font-size:12px",
    "line-height:0",
    "width:0",
    "overflow:hidden;width:100%",
    "left:-9999px",
    "position:absolute;left:10px",
    "position:absolute;clip:rect(0 0 10px 10px)",
    "text-indent:2em",
    "color:#fff;background:#000",
    "color:#fff;background:navy url(a.png)",
    "color:#fff;background:url(a.png)",
    "color:#fff;background-image:linear-gradient(red, blue)",
    "color:#ccc",
    "color:nosuchcolour",
    "color:#ffff8",
    "color:rgb(1,2)",
    "color:rgb(a,b,c)",
    "color:rgba(255,255,255,.5)",
    "background:transparent",
    "/* display:none",
  ])("%s", (style) => {
    expect(hiddenWords(styled(style))).toEqual([]);
  });
});

test.each([
  ["white on a white that a parent has", '<table><td bgcolor="#ffffff"><font color=white>x</font></table>', ["x"]],
  [
    "on what a parent of a parent has",
    "<div style='background:#123'><p><i style='color:#112233'>x</i></p></div>",
    ["x"],
  ],
  ["a parent's colour", "<div style='color:#fff'><b>x</b><i style='color:red'>y</i></div>", ["x"]],
  ["colours of the body", "<body bgcolor=black text=black>x</body>", ["x"]],
  ["white on a dark cell", "<table><td bgcolor=navy><font color=white>x</font></table>", []],
  ["white on a picture", '<table><td background="a.png"><font color=white>x</font></table>', []],
  [
    "white on a dark element inside a white one",
    "<table><td bgcolor=white><p style='background:#000;color:#fff'>x</p></table>",
    [],
  ],
  ["a link in white text, which has its own colour", "<p style='color:#fff'><a href=x>x</a></p>", []],
  ["a link that is white itself", "<p><a href=x style='color:#fff'>x</a></p>", ["x"]],
  ["a link that takes the colour around", "<p style='color:#fff'><a href=x style='color:inherit'>x</a></p>", []],
  [
    "a size that an element inside undoes, as mail builders write",
    "<table><td style='font-size:0px'><p style='font-size:13px'>x</p></table>",
    [],
  ],
  ["a visibility that one undoes", "<div style='visibility:hidden'>x<b style='visibility:visible'>y</b></div>", ["x"]],
  ["a display that none can undo", "<div style='display:none'><b style='display:block'>x</b></div>", ["x"]],
  ["an opacity that none can undo", "<div style='opacity:0'><b style='opacity:1'>x</b></div>", ["x"]],
  ["an indent that one undoes", "<div style='text-indent:-999px'>x<p style='text-indent:0'>y</p></div>", ["x"]],
  ["the attribute hidden", "<p hidden>x</p>y", ["x"]],
  ["the attribute hidden, undone", "<p hidden style='display:block'>x</p>y", []],
  ["hidden=until-found", "<p hidden=until-found>x</p>y", ["x"]],
  ["a template", "<template><p>x</p></template>y", ["x"]],
  ["what a frame shows without frames", "<noframes>x</noframes><iframe>y</iframe>z", ["x", "y"]],
  ["an image's alternative text", "<img alt=x style='display:none'>y", ["x"]],
  ["an element that ends", "<b style='display:none'>x</b>y<b style='display:none'>z</b>", ["x", "z"]],
  ["an element that is left open", "<b style='display:none'>x", ["x"]],
  ["elements of the same name inside", "<div hidden><div>x</div>y</div>z", ["x", "y"]],
  ["a cell that is left open ends with the next", "<table><tr><td hidden>x<td>y<tr><td>z</table>", ["x"]],
  ["or with its table", "<table><tr><td hidden>x</table>y", ["x"]],
  ["but not with one inside", "<table><tr><td hidden>x<table><tr><td>y</table>z</table>w", ["x", "y", "z"]],
  ["a row that is left open", "<table><tr hidden><td>x<tr><td>y</table>", ["x"]],
  ["a paragraph that is left open", "<p hidden>x<p>y<div>z</div>", ["x"]],
  ["an end tag in the wrong place", "<b hidden><i>x</b>y</i>z", ["x"]],
  ["an end tag of nothing", "</b></table><b hidden>x</i></b>y", ["x"]],
  ["elements inside that look alike", "<b style='color:red'><b>x</b></b><b hidden>y</b>z", ["y"]],
  ["the body ends where the mail does", "<body hidden>x</body>y", ["x", "y"]],
])("%s", (_, html, hidden) => {
  expect(hiddenWords(html)).toEqual(hidden);
});

describe("what is left open ends where HTML says (HTML Standard 13.1.2.4, 13.2.6)", () => {
  test.each([
    ["an item with the next", "<ul><li hidden>x<li>y</ul>", ["x"]],
    ["an item with its list", "<ul><li hidden>x</ul>y", ["x"]],
    ["an item with the next, over blocks that it holds", "<ul><li hidden>x<div><p>y<li>z</ul>", ["x", "y"]],
    ["an item not with one of a list inside", "<ul><li hidden>x<ul><li>y<li>z</ul>v<li>w</ul>", ["x", "y", "z", "v"]],
    [
      "an item not with one of a quotation inside",
      "<ul><li hidden>x<blockquote><li>y</blockquote>z<li>w</ul>",
      ["x", "y", "z"],
    ],
    ["an item ends a paragraph", "<p hidden>x<li>y", ["x"]],
    ["a term with its description", "<dl><dt hidden>x<dd>y</dl>", ["x"]],
    ["a description with the next term", "<dl><dd hidden>x<dt>y<dd>z</dl>", ["x"]],
    ["a description with its list", "<dl><dd hidden>x</dl>y", ["x"]],
    ["an option with the next", "<select><option hidden>x<option>y</select>", ["x"]],
    ["an option with its group's end", "<select><optgroup><option hidden>x<optgroup>y</select>", ["x"]],
    ["a group with the next", "<select><optgroup hidden><option>x<optgroup><option>y</select>z", ["x"]],
    ["a group with the rule behind it", "<select><optgroup hidden><option>x<hr><option>y</select>z", ["x"]],
    ["a table's head with its body", "<table><thead hidden><tr><td>x<tbody><tr><td>y</table>", ["x"]],
    ["a table's body with the next", "<table><tbody hidden><tr><td>x<tbody><tr><td>y</table>", ["x"]],
    ["a table's body with its foot", "<table><tbody hidden><tr><td>x<tfoot><tr><td>y</table>", ["x"]],
    [
      "a table's body not with one inside",
      "<table><tbody hidden><tr><td><table><tbody><tr><td>x</table>y</table>z",
      ["x", "y"],
    ],
    ["a caption with the first row", "<table><caption hidden>x<tr><td>y</table>", ["x"]],
    ["a caption with the table's body", "<table><caption hidden>x<tbody><tr><td>y</table>", ["x"]],
    ["a row with the body's end", "<table><tbody><tr hidden><td>x</tbody>y</table>", ["x"]],
    ["a cell with its row's end", "<table><tr><td hidden>x</tr><tr><td>y</table>", ["x"]],
    ["a heading with the next", "<h1 hidden>x<h2>y</h2>", ["x"]],
    ["a heading with the end tag of another", "<h1 hidden>x</h3>y", ["x"]],
    [
      "a heading not with one that stands in a block inside",
      "<h1 hidden>x<div><h2>y</h2></div>z</h1>w",
      ["x", "y", "z"],
    ],
    ["a heading not with a block", "<h1 hidden>x<div>y</div>z</h1>w", ["x", "y", "z"]],
    ["a paragraph with any block", "<p hidden>x<section>y</section>", ["x"]],
    ["a paragraph with the block around it", "<div><p hidden>x</div>y", ["x"]],
    ["a paragraph not with one in a button inside", "<p hidden>x<button><p>y</button>z</p>w", ["x", "y", "z"]],
    ["a link with the next", "<a hidden>x<a>y</a>", ["x"]],
    ["a button with the next", "<button hidden>x<button>y</button>", ["x"]],
    ["a reading with the next", "<ruby>a<rt hidden>x<rp>y<rt>z</ruby>", ["x"]],
    ["the head with the body", "<head hidden>x<body>y", ["x"]],
    ["what is no block with the block around it", "<div><span style=display:none>x</div>outage", ["x"]],
    ["or with one further out", "<section><div><span hidden>x</section>y", ["x"]],
    ["or with the cell", "<table><tr><td><div hidden>x</td><td>y</table>", ["x"]],
    ["or with the element around it", "<b><span hidden>x</b>y", ["x"]],
    ["a block with the block around it", "<section><center><div hidden>x</center>y", ["x"]],
    ["but not with a block inside it", "<div><span hidden>x<div>y</div>z</div>w", ["x", "y", "z"]],
    ["nor with what ended before", "<div></div><div hidden>x<p>a</p></span></p>y</div>z", ["x", "a", "y"]],
    ["a block not with what is none", "<b><div hidden>x</b>y</div>z", ["x", "y"]],
    [
      "nothing in a cell with what stands around the table",
      "<div><table><tr><td hidden>x</div>y</td><td>z</table>",
      ["x", "y"],
    ],
    ["nor with an item around the list", "<li><ul><div hidden>x</li>y</ul>z", ["x", "y"]],
    [
      "what has a colour of its own goes on behind its paragraph, as mail programs show it",
      "<p><font color=white>x<p>y</font>z",
      ["x", "y"],
    ],
    [
      "what stands beside the cells with the next",
      "<table><tr><td>a</td><div hidden>x<td>y<tr hidden><td>z</table>",
      ["x", "z"],
    ],
    ["a cell outside of every table is none", "<td hidden>x</td><tr hidden>y</table>z", []],
    ["but not behind its cell", "<table><tr><td><font color=white>x<td>y</table>z", ["x"]],
  ])("%s", (_, html, hidden) => {
    expect(hiddenWords(html)).toEqual(hidden);
  });
});

describe("a style sheet", () => {
  const RULES = ".a{display:none}";
  test.each([
    ["a class", `<style>${RULES}</style><b class=a>x</b>y`, ["x"]],
    ["one class of several", `<style>${RULES}</style><b class="z a">x</b>y`, ["x"]],
    ["an id", "<style>#a{display:none}</style><b id=a>x</b>y", ["x"]],
    ["an element", "<style>I, u{display:none}</style><i>x</i><u>y</u><b>z</b>", ["x", "y"]],
    ["an element with a class", "<style>b.a{display:none}</style><b class=a>x</b><i class=a>y</i>", ["x"]],
    ["every element", "<style>*{visibility:hidden}</style><i>x</i>", ["x"]],
    ["every element with a class", "<style>*.a{display:none}</style><i class=a>x</i>", ["x"]],
    ["inside HTML's comment signs", `<style><!-- ${RULES} --></style><b class=a>x</b>y`, ["x"]],
    [
      "behind comments and imports",
      `<style>/* } */@import url(x);@charset "u";${RULES}</style><b class=a>x</b>y`,
      ["x"],
    ],
    ["for screens", `<style>@media screen{.z{}${RULES}}</style><b class=a>x</b>y`, ["x"]],
    ["for print and screens", `<style>@media print, only screen { ${RULES} }</style><b class=a>x</b>y`, ["x"]],
    ["not for small screens", `<style>@media (max-width:600px){.z{}${RULES}}.a{}</style><b class=a>x</b>y`, []],
    ["not for print", `<style>@media print{${RULES}}</style><b class=a>x</b>y`, []],
    ["behind an at-rule", `<style>@media print{.b{}}@font-face{x:y}${RULES}</style><b class=a>x</b>y`, ["x"]],
    ["of an element for screens", `<style media="screen">${RULES}</style><b class=a>x</b>y`, ["x"]],
    ["of an element for print", `<style media=print>${RULES}</style><b class=a>x</b>y`, []],
    ["a rule that is undone later", `<style>${RULES}.a{display:block}</style><b class=a>x</b>y`, []],
    ["a rule that the element undoes", `<style>${RULES}</style><b class=a style="display:inline">x</b>y`, []],
    [
      "a rule that it cannot undo",
      "<style>.a{display:none!important}</style><b class=a style='display:inline'>x</b>y",
      ["x"],
    ],
    ["an id is stronger than a class", `<style>#b{display:inline}${RULES}</style><b class=a id=b>x</b>y`, []],
    [
      "a rule that depends on where the element stands is not read",
      "<style>p .a, .a:hover, a > .a{display:none}</style><b class=a>x</b>",
      [],
    ],
    ["one that ends nowhere", "<style>.a{display:none</style><b class=a>x</b>y", ["x"]],
    ["broken ones", "<style>}}{x}.a{display:none}</style><b class=a>x</b>y", ["x"]],
    [
      "colours",
      "<style>.d{background:#000}.w{color:#fff}</style><i class=w>x</i><b class=d><i class=w>y</i></b>",
      ["x"],
    ],
    [
      "white where a rule that is not read paints",
      "<style>p .d{background:#000}</style><i style='color:#fff'>x</i>",
      [],
    ],
    [
      "white on a white that is told all the same",
      "<style>p .d{background:#000}</style><i style='color:#fff;background:#fff'>x</i>",
      ["x"],
    ],
  ])("%s", (_, html, hidden) => {
    expect(hiddenWords(html)).toEqual(hidden);
  });

  test("of very large ones the beginning counts", () => {
    const rules = Array.from({ length: 6_000 }, (_, at) => `.c${at}{display:none}`).join("");
    expect(hiddenWords(`<style>${rules}</style><b class=c4999>x</b><b class=c5000>y</b>`)).toEqual(["x"]);
    const filler = "/* x */".repeat(40_000);
    expect(hiddenWords(`<style>${filler}.a{display:none}</style><b class=a>x</b>`)).toEqual([]);
  });
});

test.each([
  ["nothing hidden", "out<b>a</b>ge", undefined, "outage"],
  ["a hidden letter that some mail programs show", "out<b hidden>a</b>ge", "outage", "outge\n\na"],
  ["hidden words between", "one <b hidden>two</b> three", "one two three", "one three\n\ntwo"],
  ["hidden words in a row", "<b hidden>two</b><i hidden>three</i>", "twothree", "twothree"],
  [
    "a block that takes room though it is white",
    "one<div style='color:#fff'>two</div>three",
    "one\ntwo\nthree",
    "one\nthree\n\ntwo",
  ],
  ["a block that takes none", "one<div hidden>two</div>three", "one\ntwo\nthree", "onethree\n\ntwo"],
  ["white space that is kept", "<pre>a  <b hidden>b  </b>c</pre>", "a  b  c", "a  c\n\nb  "],
  ["what Outlook alone shows", "a<!--[if mso]><p>b</p><![endif]-->c", "a\n\nb\n\nc", "ac"],
  ["what all but Outlook show", "a<!--[if !mso]><!-->b<!--<![endif]-->c", undefined, "abc"],
  ["a comment in what Outlook shows", "a<!--[if gte mso 9]>b<!-- c -->d", "abd", "ad"],
])("the text as if nothing were hidden: %s", (_, html, unhidden, text) => {
  const visible = htmlToText(html);
  expect([visible.unhidden?.text, visible.text]).toEqual([unhidden, text]);
});

describe("hostile styles", () => {
  test.each([
    ["elements that each look different, inside each other", "<i style='color:#00f'><b style='color:red'>"],
    ["elements that each hide", "<i hidden>a</i>b"],
    ["end tags of nothing", "<b hidden></i></u></p>"],
    ["tables that are never closed", "<table><td hidden>"],
    ["items that are never closed", "<ul><li hidden><div>"],
    ["items that end each other", "<li hidden><b style='color:#fff'><i><li>"],
    ["colours that go on behind their paragraphs", "<p><font color=#fff><p><font color=red>"],
    ["blocks that end much", "<div><span hidden><i hidden><b hidden></div></div></b>"],
    ["comments in a style that are never closed", `<b style="${"/*".repeat(2000)}">`],
    ["classes", `<b class="${"a b c d ".repeat(400)}">`],
    ["style sheets", "<style>.a{display:none}</style>"],
    ["braces", "<style>{{{{}@media{</style>"],
    ["Outlook's comments", "<!--[if mso]>a<![endif]-->"],
    ["Outlook's comments that are never closed", "<!--[if mso]>"],
    ["functions in colours", `<b style="color:rgb(${"(".repeat(2000)};background:${"a ".repeat(2000)}">`],
  ])("a megabyte of %s ends", (_, piece) => {
    const html = `<style>.a{color:red}</style>${piece.repeat(Math.ceil(2 ** 20 / piece.length))}x`;
    expect(htmlToText(html).text.length).toBeLessThanOrEqual(2 * html.length);
  });

  test("300,000 names, each of which is never closed, end", () => {
    const html = Array.from({ length: 150_000 }, (_, at) => `<x${at} hidden><y${at}>`).join("");
    expect(htmlToText(`${html}x`).text).toBe("x");
  });

  test("of more hidden places than are told, the text is there all the same", () => {
    const { unhidden } = htmlToText(`${"<b hidden>a</b> ".repeat(10_001)}`);
    expect([unhidden?.hidden.length, unhidden?.text.length]).toEqual([10_000, 20_001]);
  });

  test("of more different tags than are kept, each looks as it says", () => {
    const tags = Array.from({ length: 1_000 }, (_, at) => `<b class=c${at} ${at % 2 ? "hidden" : ""}>w${at}</b> `);
    expect(hiddenWords(tags.join("")).length).toBe(500);
    expect(hiddenWords(`<b hidden class="${"x".repeat(1000)}">x</b>y`)).toEqual(["x"]);
  });

  test("elements beyond the depth that is followed count as seen", () => {
    expect(htmlToText(`${"<b style='color:red'>".repeat(100_000)}x<i hidden>y</i>z`).text).toBe("xyz");
  });

  test("whatever hides, each word is in the text, and once in the text as if nothing were hidden", () => {
    const tag = fc.constantFrom(
      ..."<b hidden>|</b>|<i style='color:#fff'>|</i>|<p style=font-size:0>|<p>|</p>|<table>|<td hidden>|<td>|</table>|<template>|</template>|<div class=a>|</div>|<style>.a{display:none}</style>|<!--[if mso]> w <![endif]-->|<!-- > -->|<pre>|</pre>".split(
        "|",
      ),
    );
    fc.assert(
      fc.property(fc.array(tag, { maxLength: 30 }), (tags) => {
        const html = tags.map((each, at) => `${each} w${at} `).join("");
        const { text, hidden, unhidden = { text, hidden } } = htmlToText(html);
        const words = (html.match(/w\d+/g) ?? []).sort();
        expect((unhidden.text.match(/w\d+/g) ?? []).sort()).toEqual(words);
        for (const part of [{ text, hidden }, unhidden]) {
          const places = part.hidden.flat();
          expect(places).toEqual([...places].sort((a, b) => a - b));
          expect(places.every((place) => place >= 0 && place <= part.text.length)).toBe(true);
        }
        const spoken =
          unhidden.hidden
            .map(([start, end]) => unhidden.text.slice(start, end))
            .join(" ")
            .match(/w\d+/g) ?? [];
        const told =
          hidden
            .map(([start, end]) => text.slice(start, end))
            .join(" ")
            .match(/w\d+/g) ?? [];
        expect(spoken).toEqual(expect.arrayContaining(told));
      }),
      { numRuns: 500 },
    );
  });
});

test("a style that was read before says the same in each place", () => {
  const styles = [
    "color:#fff",
    "background:#fff",
    "background:#000",
    "color:#000",
    "visibility:visible",
    "font-size:0",
    "",
  ];
  const nested = fc.array(fc.constantFrom(...styles), { maxLength: 4 });
  const element = (inside: readonly string[]) =>
    `${inside.map((style) => `<div style="${style}">`).join("")}x${"</div>".repeat(inside.length)}`;
  const isHidden = (html: string) => htmlToText(html).hidden.length > 0;
  fc.assert(
    fc.property(nested, nested, (before, own) => {
      expect(isHidden(`${element(before).replace("x", "")}${element(own)}`)).toBe(isHidden(element(own)));
    }),
  );
});
