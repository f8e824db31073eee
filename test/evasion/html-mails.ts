import { htmlMail, mailOf, multipartMail, partOf, quotedPrintable } from "../support/raw-mails.ts";
import { type Evasion, evasionsIn } from "./evasion.ts";

const nested = (open: string, close: string, depth: number) =>
  htmlMail(`${open.repeat(depth)}An outage${close.repeat(depth)}`);

/** What HTML can put between the letters of a word, or around it. */
export const hiddenByHtml: readonly Evasion[] = [
  ...evasionsIn("html", [
    ["trap 2, html nested 5,000 deep", nested("<div>", "</div>", 5_000)],
    ["trap 2, html nested 200,000 deep and never closed", nested("<b>", "", 200_000)],
    ["trap 2, 800 nested tables", nested("<table><tr><td>", "</td></tr></table>", 800)],
    ["trap 2, html-only mail", htmlMail("<html><head><title>x</title></head><body><p>An outage</p></body></html>")],
    [
      "trap 2, the keyword only in the html of multipart/alternative",
      multipartMail("alternative", [partOf("text/plain", "See the other part."), partOf("text/html", "<p>outage</p>")]),
    ],
    ["a named entity inside a word", htmlMail("<p>a r&eacute;sum&eacute;</p>"), "résumé", "résumé"],
    ["a named entity without its semicolon", htmlMail("r&eacutesum&eacute;"), "résumé", "résumé"],
    ["decimal entities", htmlMail("&#111;&#117;&#116;&#97;&#103;&#101;")],
    ["decimal entities with leading zeros", htmlMail("&#00000111;utage")],
    ["hexadecimal entities", htmlMail("&#x6f;&#X75;&#x74;&#x61;&#x67;&#x65;")],
    ["entities without semicolons", htmlMail("&#111&#117&#116&#x61g&#101")],
    ["an entity in windows-1252, which HTML allows", htmlMail("o&#117;tage&#146;s"), "outage’s", "outage’s"],
    ["entities of Japanese characters", htmlMail("&#38556;&#x5bb3;"), "障害", "障害"],
    ["tags inside a word", htmlMail("o<b>u</b><span style='color:red'>t</span><i></i>a<font size=2>ge</font>")],
    ["tags of no known name inside a word", htmlMail("out<o:p></o:p><x-y>a</x-y>ge")],
    ["a tag of which an attribute holds >", htmlMail('out<b title="a > b">age</b>')],
    ["a tag with a quote that is never closed", htmlMail('out<b title="x>age</b>')],
    ["a tag that is written over several lines", htmlMail("out<b\r\n class='x'\r\n>age</b\r\n>")],
    ["a closing tag of nothing inside a word", htmlMail("out</xyz>age")],
    ["comments inside a word", htmlMail("o<!-- x -->ut<!-->a<!---->g<!-- > -- -->e")],
    ["a comment that ends as browsers let it", htmlMail("out<!-- x --!>age")],
    ["a comment that holds tags", htmlMail("out<!-- <p>x</p> -->age")],
    ["a conditional comment that all but Outlook show", htmlMail("<![if !mso]>outage<![endif]>")],
    ["a processing instruction inside a word", htmlMail("out<?xml version='1.0'?>age")],
    ["&shy; inside a word", htmlMail("out&shy;age"), "out\u00adage"],
    ["&zwnj; and &#8203; inside a word", htmlMail("out&zwnj;a&#8203;ge"), "out\u200ca\u200bge"],
    ["<wbr> inside a word", htmlMail("out<wbr>a<wbr/>ge")],
    ["hidden letters inside a word", htmlMail("out<span style='display:none'>xyz</span>age")],
    ["a script inside a word", htmlMail("out<script>x = '</b>';</script>age")],
    ["a style that is never closed", htmlMail("<style>p { }<p>An outage")],
    ["a title that is never closed", htmlMail("<title>Hello<p>An outage")],
    ["a Japanese keyword across lines of the html", htmlMail("<p>大障\r\n   害発生</p>"), "障害", "障害"],
    ["a Japanese keyword across a line and a tag", htmlMail("<p>大障\r\n<b>害</b></p>"), "障害", "障害"],
    [
      "a keyword of two words with tags and lines between",
      htmlMail("service\r\n <b> down</b>"),
      "service down",
      "service down",
    ],
    ["a keyword of two words with &nbsp; between", htmlMail("service&nbsp;&nbsp;down"), "service down", "service down"],
    ["the alternative text of an image", htmlMail('<img src="x.png" alt="out&#97;ge">')],
    ["upper-case and odd tags", htmlMail("<P>OUT</SPAN ><B/>AGE"), "OUTAGE"],
    ["quoted-printable html cut at every byte", htmlMail(quotedPrintable("<p>outage</p>", 1), "quoted-printable")],
    ["html that calls itself text/html in odd case", mailOf("<p>out<b>age</b>", "Text/HTML")],
  ]),
];
