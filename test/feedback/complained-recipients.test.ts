import fc from "fast-check";
import { expect, test } from "vitest";
import { complainedRecipients } from "../../shared/feedback/complained-recipients.ts";
import { nastyText } from "../support/nasty-text.ts";

type Fields = Readonly<Record<string, string | readonly string[]>>;

const toFields = (fields: Fields) =>
  Object.entries(fields).flatMap(([name, values]) => [values].flat().map((value) => ({ name, value })));

test.each<{ title: string; part?: Fields; original?: Fields; expected: readonly string[] }>([
  {
    title: "RFC 5965 section 3.2: each Original-Rcpt-To, once",
    part: { "original-rcpt-to": ["<a@isp.example>", "b@isp.example", "A@ISP.example"] },
    original: { to: "list@acme.example" },
    expected: ["a@isp.example", "b@isp.example"],
  },
  {
    title: "an Original-Rcpt-To with a name or a type",
    part: { "original-rcpt-to": ["undisclosed recipient <a@isp.example>", "rfc822; b@isp.example"] },
    expected: ["a@isp.example", "b@isp.example"],
  },
  {
    title: "the Removal-Recipient of an opt-out",
    part: { "removal-recipient": "a@isp.example" },
    original: { to: "b@isp.example" },
    expected: ["a@isp.example"],
  },
  {
    title: "Hotmail's own field before the To",
    original: { "x-hmxmroriginalrecipient": "a@isp.example", to: "b@isp.example" },
    expected: ["a@isp.example"],
  },
  { title: "the To of the original", original: { to: '"Doe, Jane" <a@isp.example>' }, expected: ["a@isp.example"] },
  { title: "its Cc where it has no To", original: { cc: "a@isp.example" }, expected: ["a@isp.example"] },
  {
    title: "several, of whom nobody knows who complained",
    original: { to: "a@isp.example, b@isp.example", cc: "c@isp.example" },
    expected: ["a@isp.example", "b@isp.example"],
  },
  {
    title: "several, and one to whom it was delivered",
    original: { to: "a@isp.example, b@isp.example", "delivered-to": ["stored@isp.example", "B@isp.example"] },
    expected: ["B@isp.example"],
  },
  {
    title: "RFC 6590, redacted: where it was delivered",
    part: { "original-rcpt-to": "redacted@isp.example" },
    original: { to: "redacted@isp.example", "x-original-to": "a@isp.example" },
    expected: ["a@isp.example"],
  },
  {
    title: "RFC 6590, redacted: our return path of a form that can be read in one way",
    part: { "original-mail-from": "<bounces+a=isp.example@acme.example>" },
    original: { to: "redacted@isp.example" },
    expected: ["a@isp.example"],
  },
  {
    title: "RFC 6590, redacted: a return path that can be read in several ways is no hint",
    part: { "original-mail-from": "<bounces+42-a=isp.example@acme.example>" },
    original: { to: "redacted@isp.example" },
    expected: ["redacted@isp.example"],
  },
  {
    title: "RFC 6590, redacted: SES's return path is none of ours",
    original: {
      to: "redacted@isp.example",
      "return-path": "<0102019a1f00beef-5d6e7f80-1111-4222-8333-abcdefabcdef-000000@eu-west-1.amazonses.com>",
    },
    expected: ["redacted@isp.example"],
  },
  {
    title: "RFC 6590, redacted everywhere: what is there",
    part: { "original-rcpt-to": "redacted@isp.example" },
    expected: ["redacted@isp.example"],
  },
  { title: "an empty group", original: { to: "undisclosed-recipients:;" }, expected: [] },
  { title: "nothing", expected: [] },
])("$title", ({ part = {}, original = {}, expected }) => {
  expect(complainedRecipients(toFields(part), toFields(original))).toEqual(expected);
});

test("a To of a megabyte: its beginning is read, and no address is cut in two", () => {
  const to = Array.from({ length: 50_000 }, (_, at) => `user${at}@isp.example`).join(", ");
  const found = complainedRecipients([], toFields({ to }));
  expect(found.length).toBeGreaterThan(1_000);
  expect(found.length).toBeLessThan(10_000);
  expect(found.filter((address) => !address.endsWith("@isp.example"))).toEqual([]);
});

test("property: whatever the fields say, each recipient is named once", () => {
  const name = fc.constantFrom("original-rcpt-to", "to", "cc", "delivered-to", "return-path", "original-mail-from");
  const value = fc.array(
    fc.oneof(nastyText, fc.constantFrom("a@isp.example", ",", '"', "<", ">", "x+b=c.example@d.example", ";")),
    { maxLength: 10 },
  );
  const fields = fc.array(fc.record({ name, value: value.map((all) => all.join("")) }), { maxLength: 10 });
  fc.assert(
    fc.property(fields, fields, (part, original) => {
      const found = complainedRecipients(part, original).map((address) => address.toLowerCase());
      expect(new Set(found).size).toBe(found.length);
    }),
  );
});
