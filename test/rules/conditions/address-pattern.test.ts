import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  addressPatternProblem,
  compileAddressPattern,
  readAddress,
} from "../../../shared/rules/conditions/address-pattern.ts";

const fits = (pattern: string, address: string) => compileAddressPattern(pattern)(readAddress(address));

describe("an address pattern", () => {
  test.each([
    ["bob@acme.example", "bob@acme.example", true],
    ["bob@acme.example", "BOB@Acme.Example", true],
    ["bob@acme.example", "bobby@acme.example", false],
    ["bob@acme.example", "bob@acme.example.org", false],
    ["*@acme.example", "bob@acme.example", true],
    ["*@acme.example", "bob@sub.acme.example", false],
    ["*@acme.example", "bob@notacme.example", false],
    ["*@*.acme.example", "bob@sub.acme.example", true],
    ["*@*.acme.example", "bob@a.b.acme.example", true],
    ["*@*.acme.example", "bob@acme.example", false],
    ["no-reply*@acme.example", "no-reply+7@acme.example", true],
    ["*acme*", "bob@acme.example", true],
    ["*", "", true],
    ["*", "bob@acme.example", true],
    ["<>", "", true],
    ["<>", "bob@acme.example", false],
    ["*@acme.example", "", false],
    ['"a@b"@acme.example', '"a@b"@acme.example', true],
    ["*@例え.example", "bob@xn--r8jz45g.example", true],
    ["*@xn--r8jz45g.example", "bob@例え.example", true],
    ["*@XN--R8JZ45G.example", "bob@例え.example", true],
    ["*@*.例え.example", "bob@mail.xn--r8jz45g.example", true],
    ["*@例*.example", "bob@xn--r8jz45g.example", true],
    ["*@日本。example", "bob@日本.example", true],
    ["*@bücher.example", "bob@BÜCHER.example", true],
    ["*@bücher.example", "bob@bucher.example", false],
    ["用户@acme.example", "用户@acme.example", true],
    // No domain at all: nothing is converted, so nothing becomes another's domain.
    ["bob@127.0.0.1", "bob@127.1", false],
    ["*@bücher.example", "bob@b%C3%BCcher.example", false],
    ["*@bücher.example", "bob@bücher .example", false],
    ["*@acme.example", `bob@${"ü".repeat(300)}.acme.example`, false],
  ])("%s, %s -> %s", (pattern, address, expected) => {
    expect(fits(pattern, address)).toBe(expected);
  });

  test("fits the address that it spells, in any case", () => {
    fc.assert(
      fc.property(fc.emailAddress(), (address) => {
        expect(fits(address, address.toUpperCase())).toBe(true);
        expect(fits(`*${address.slice(address.lastIndexOf("@"))}`, address)).toBe(true);
        expect(addressPatternProblem(address)).toBeUndefined();
      }),
    );
  });
});

test.each([
  ["bob@acme.example", undefined],
  ["*@acme.example", undefined],
  ["*", undefined],
  ["*acme*", undefined],
  ["<>", undefined],
  ["acme.example", 'expected an address or a pattern with an @ such as "*@acme.example", got "acme.example"'],
  ["@acme.example", 'expected an address or a pattern with an @ such as "*@acme.example", got "@acme.example"'],
  ["bob@", 'expected an address or a pattern with an @, got "bob@"'],
  ["", 'expected an address or a pattern with an @, got ""'],
  ["bob @acme.example", 'an address has no white space, got "bob @acme.example"'],
])("the problem with the pattern %j is %j", (pattern, problem) => {
  expect(addressPatternProblem(pattern)).toBe(problem);
});
