import { describe, expect, test } from "vitest";
import { htmlMail, multipartMail, partOf, rawMail } from "../support/raw-mails.ts";
import { findReason } from "./find-reason.ts";

describe("text that a person cannot see is searched, and the reason says that it is hidden", () => {
  test.each([
    ["display: none", '<div style="display:none">outage</div>Hello'],
    ["visibility: hidden", '<div style="visibility:hidden">outage</div>Hello'],
    ["the attribute hidden", "<p hidden>outage</p>Hello"],
    ["white on white", '<p style="color:#fff;background:#ffffff">outage</p>Hello'],
    ["white on the white of the page", "<p><font color=white>outage</font></p>Hello"],
    [
      "white on the white of a cell further out",
      '<table bgcolor="#FFFFFF"><tr><td><b style="color:rgb(254,254,254)">outage</b></table>Hello',
    ],
    [
      "black on black that a parent has",
      '<div style="background:black"><p style="color:#010101">outage</p></div>Hello',
    ],
    ["font-size: 0", '<p style="font-size:0">outage</p>Hello'],
    ["font-size: 1px", '<p style="font-size:1px">outage</p>Hello'],
    ["no height, and what overflows is cut off", '<div style="max-height:0;overflow:hidden">outage</div>Hello'],
    ["opacity: 0", '<div style="opacity:0">outage</div>Hello'],
    ["a place off the screen", '<div style="position:absolute;left:-9999px">outage</div>Hello'],
    ["text-indent: -9999px", '<div style="text-indent:-9999px">outage</div>Hello'],
    ["mso-hide: all", '<div style="mso-hide:all">outage</div>Hello'],
    ["a template", "<template>outage</template>Hello"],
    [
      "a class of a style sheet",
      '<style>.preheader { display: none !important }</style><p class="x preheader">outage</p>Hello',
    ],
    ["an id of a style sheet", "<style>#p { font-size: 0 }</style><p id=p>outage</p>Hello"],
    ["an element of a style sheet", "<style>center { visibility: hidden }</style><center>outage</center>Hello"],
    ["elements inside the hidden one", "<div hidden><table><tr><td><b>out</b>age</table></div>Hello"],
  ])("%s", async (_, html) => {
    expect(await findReason(htmlMail(html), ["outage"])).toMatchObject({
      found: "outage",
      reason: { field: "html", keyword: "outage", hidden: true },
    });
  });

  test("in an attached message too", async () => {
    const inner = htmlMail("<p hidden>outage</p>");
    const mail = multipartMail("mixed", [
      partOf("text/plain", "Hello"),
      rawMail({ "Content-Type": "message/rfc822" }, inner),
    ]);
    expect(await findReason(mail, ["outage"])).toMatchObject({
      found: "outage",
      reason: { field: "text", where: "nested[0].html", hidden: true },
    });
  });
});

describe("a word of which only a part is hidden, or is hidden in some mail programs, is found as it is written", () => {
  test.each([
    ["hidden letters of the word", "out<b hidden>a</b>ge", "outage"],
    ["a display that a mail program may not know", "<b style='display:none'>out</b>age", "outage"],
    ["words on both sides", "the service <b style='color:#fff'>down</b> today", "service down today"],
    ["what Outlook alone shows", "<p>Hello</p><!--[if mso]><p>out<b>age</b></p><![endif]-->", "outage"],
  ])("%s", async (_, html, keyword) => {
    expect(await findReason(htmlMail(html), [keyword])).toMatchObject({
      found: keyword,
      reason: { field: "html", where: "htmlText.unhidden", hidden: true },
    });
  });

  test("in an attached message too", async () => {
    const mail = multipartMail("mixed", [
      rawMail({ "Content-Type": "message/rfc822" }, htmlMail("out<b hidden>a</b>ge")),
    ]);
    expect(await findReason(mail, ["outage"])).toMatchObject({
      found: "outage",
      reason: { field: "text", where: "nested[0].htmlText.unhidden", hidden: true },
    });
  });

  test("a word that is seen and stands in such a text too is told as seen", async () => {
    const told = await findReason(htmlMail("An outage <b hidden>outage</b>"), ["outage"]);
    expect([told?.reason.where, told?.reason.hidden, told?.reason.start]).toEqual([undefined, undefined, 3]);
  });
});

test("letters of other alphabets are found where a rule asks for look-alikes, and the reason tells what stands there", async () => {
  const mail = rawMail({ Subject: "Your раураl ассоunt" });
  expect(await findReason(mail, ["paypal"])).toBeUndefined();
  expect(await findReason(mail, { any: ["paypal"], lookAlikes: true })).toMatchObject({
    found: "раураl",
    reason: { field: "subject", keyword: "paypal", excerpt: "Your раураl ассоunt" },
  });
});
