import { describe, expect, test } from "vitest";
import { htmlMail, multipartMail, partOf, rawMail } from "../support/raw-mails.ts";
import { findReason } from "./find-reason.ts";
import { UNSEEN_IN_HTML } from "./unseen-in-html.ts";

describe("text that a person cannot see is searched, and the reason says that it is hidden", () => {
  test.each(UNSEEN_IN_HTML)("%s", async (_, html) => {
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
