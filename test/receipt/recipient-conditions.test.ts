import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canShareRecipient, coverCondition, matchesConditions } from "../../shared/receipt/recipient-conditions.ts";

// SES fact 1.6
test.each([
  { conditions: [], recipient: "x@mail.acme.example", takes: true },
  { conditions: ["orders@mail.acme.example"], recipient: "orders@mail.acme.example", takes: true },
  { conditions: ["orders@mail.acme.example"], recipient: "orders+po@mail.acme.example", takes: true },
  { conditions: ["orders@mail.acme.example"], recipient: "orders2@mail.acme.example", takes: false },
  { conditions: ["orders@mail.acme.example"], recipient: "orders@acme.example", takes: false },
  { conditions: ["orders+po@mail.acme.example"], recipient: "orders@mail.acme.example", takes: false },
  { conditions: ["orders+po@mail.acme.example"], recipient: "orders+po@mail.acme.example", takes: true },
  { conditions: ["orders+po@mail.acme.example"], recipient: "orders+po+x@mail.acme.example", takes: false },
  { conditions: ["acme.example"], recipient: "a@acme.example", takes: true },
  { conditions: ["acme.example"], recipient: "a@mail.acme.example", takes: false },
  { conditions: ["acme.example"], recipient: "a@notacme.example", takes: false },
  { conditions: ["mail.acme.example"], recipient: "a@acme.example", takes: false },
  { conditions: [".acme.example"], recipient: "a@acme.example", takes: false },
  { conditions: [".acme.example"], recipient: "a@x.acme.example", takes: true },
  { conditions: [".acme.example"], recipient: "a@x.y.acme.example", takes: true },
  { conditions: [".acme.example"], recipient: "a@notacme.example", takes: false },
  { conditions: ["acme.example", ".acme.example"], recipient: "a@x.acme.example", takes: true },
  { conditions: ["Orders@ACME.example"], recipient: "orders+PO@acme.EXAMPLE", takes: true },
  { conditions: ["acme.example"], recipient: '"a@b"@acme.example', takes: true },
])("$conditions takes $recipient: $takes", ({ conditions, recipient, takes }) => {
  expect(matchesConditions(conditions, recipient)).toBe(takes);
});

test.each([
  { these: [], those: [], shared: true },
  { these: [], those: ["a@acme.example"], shared: true },
  { these: ["acme.example"], those: ["a@acme.example"], shared: true },
  { these: ["acme.example"], those: [".acme.example"], shared: false },
  { these: ["x.acme.example"], those: [".acme.example"], shared: true },
  { these: [".x.acme.example"], those: [".acme.example"], shared: true },
  { these: ["a@acme.example"], those: ["a+b@acme.example"], shared: true },
  { these: ["a+b@acme.example"], those: ["a+c@acme.example"], shared: false },
  { these: ["b@acme.example", "c.example"], those: ["a@acme.example", ".c.example"], shared: false },
])("$these and $those can take the same mail: $shared", ({ these, those, shared }) => {
  expect([canShareRecipient(these, those), canShareRecipient(those, these)]).toEqual([shared, shared]);
});

test.each([
  { conditions: [], condition: ".acme.example", covers: true },
  { conditions: ["acme.example"], condition: "a@acme.example", covers: true },
  { conditions: ["a@acme.example"], condition: "acme.example", covers: false },
  { conditions: ["a+b@acme.example"], condition: "a@acme.example", covers: false },
  { conditions: ["x.acme.example"], condition: ".acme.example", covers: false },
  { conditions: [".acme.example"], condition: ".x.acme.example", covers: true },
])("$conditions takes all that $condition takes: $covers", ({ conditions, condition, covers }) => {
  expect(coverCondition(conditions, condition)).toBe(covers);
});

describe("of all addresses that few letters make", () => {
  const DOMAINS = ["e", "a.e", "b.e", "z.e", "a.a.e", "b.a.e", "z.a.e", "z.b.e"];
  const RECIPIENTS = ["u", "u+a", "u+b", "v", "z"].flatMap((local) => DOMAINS.map((domain) => `${local}@${domain}`));
  const condition = fc.oneof(
    fc.constantFrom("e", "a.e", "b.e", "a.a.e"),
    fc.constantFrom(".e", ".a.e", ".b.e"),
    fc.constantFrom("u@e", "u+a@e", "u+b@e", "v@e", "u@a.e", "u+a@a.e"),
  );
  const conditions = fc.array(condition, { maxLength: 3 });

  test("two rules share a recipient exactly when there is one that both take", () => {
    fc.assert(
      fc.property(conditions, conditions, (these, those) => {
        const found = RECIPIENTS.some((each) => matchesConditions(these, each) && matchesConditions(those, each));
        expect(canShareRecipient(these, those)).toBe(found);
      }),
    );
  });

  test("a condition is covered exactly when all that it takes are taken", () => {
    fc.assert(
      fc.property(conditions, condition, (these, one) => {
        const taken = RECIPIENTS.filter((each) => matchesConditions([one], each));
        expect(coverCondition(these, one)).toBe(taken.every((each) => matchesConditions(these, each)));
      }),
    );
  });

  test("whatever is written, nothing is thrown", () => {
    fc.assert(fc.property(fc.array(fc.string()), fc.string(), (these, one) => void matchesConditions(these, one)));
  });
});
