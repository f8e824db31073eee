import { expect, test } from "vitest";
import { readReceived } from "../../shared/receipt/received.ts";

test.each([
  {
    writer: "SES",
    value:
      "from mx7.client.example (mx7.client.example [203.0.113.25]) by inbound-smtp.eu-west-1.amazonaws.com with SMTP id k9p2m4c7 for orders@mail.acme.example; Fri, 20 Nov 2026 09:14:03 +0000 (UTC)",
    by: "inbound-smtp.eu-west-1.amazonaws.com",
    id: "k9p2m4c7",
    recipient: "orders@mail.acme.example",
    date: "Fri, 20 Nov 2026 09:14:03 +0000 (UTC)",
  },
  {
    writer: "Postfix",
    value:
      "from a.example (a.example [192.0.2.1]) (using TLSv1.3 with cipher X (256/256 bits)) by mx.b.example (Postfix) with ESMTPS id 57F83 for <ana@b.example>; Mon, 5 Aug 2019 21:29:58 +0000 (UTC)",
    by: "mx.b.example",
    id: "57F83",
    recipient: "ana@b.example",
    date: "Mon, 5 Aug 2019 21:29:58 +0000 (UTC)",
  },
  {
    writer: "a host that calls itself like a clause",
    value: "from by by mx.b.example with SMTP id 1 for <ana@b.example>; x",
    by: "mx.b.example",
    id: "1",
    recipient: "ana@b.example",
    date: "x",
  },
  {
    writer: "a host that names clauses of its own: the server's come last",
    value:
      "from x by inbound-smtp.eu-west-1.amazonaws.com id forged for victim@acme.example (h [192.0.2.1]) by mx.b.example with SMTP id 1 for ana@b.example; x",
    by: "mx.b.example",
    id: "1",
    recipient: "ana@b.example",
    date: "x",
  },
  {
    writer: "a recipient that holds clauses and a semicolon in quotes",
    value: 'from x by mx.b.example id 1 for <"a id 2; b"@b.example>; x',
    by: "mx.b.example",
    id: "1",
    recipient: '"a id 2; b"@b.example',
    date: "x",
  },
  {
    writer: "no recipient that is an address",
    value: "from x by mx.b.example for multiple recipients; x",
    by: "mx.b.example",
    id: undefined,
    recipient: undefined,
    date: "x",
  },
  {
    writer: "the null recipient",
    value: "by mx.b.example for <>; x",
    by: "mx.b.example",
    id: undefined,
    recipient: undefined,
    date: "x",
  },
  {
    writer: "no date",
    value: "from x by mx.b.example",
    by: "mx.b.example",
    id: undefined,
    recipient: undefined,
    date: undefined,
  },
  { writer: "nobody", value: "", by: undefined, id: undefined, recipient: undefined, date: undefined },
  {
    writer: "a clause without its value",
    value: "by",
    by: undefined,
    id: undefined,
    recipient: undefined,
    date: undefined,
  },
])("a Received field by $writer", ({ value, by, id, recipient, date }) => {
  expect(readReceived(value)).toEqual({ by, id, recipient, date });
});
