import { expect, test } from "vitest";
import { readZoneFile } from "../../../shared/dns/zone-file.ts";
import { startDeployedAccount } from "../../support/deployed-account.ts";
import { OUTPUTS } from "../../support/deployment-outputs.ts";
import { DENIED, Refusal } from "../../support/fake-account.ts";
import { healthyAnswers } from "../../support/healthy-account.ts";
import { objects } from "../run-mailroom.ts";

const identity = (said: object) => () => ({ ...healthyAnswers()["GetEmailIdentity"]?.(""), ...said });

test("a zone file whose comments say what each record is for", async () => {
  const { run } = await startDeployedAccount();
  const { status, stdout, stderr } = await run("dns");
  expect([status, stderr]).toEqual([0, ""]);
  expect(stdout).toBe(`; DNS records of mailroom-prod: mail of mail.acme.example at Amazon SES in eu-west-1
; What is set of them: npm run mailroom -- doctor --stage prod

; Receiving: mail for the domain comes to SES. It must be the only MX record of its name: one that is there now has to go.
; From then on the domain's mail comes here and nowhere else.
mail.acme.example. 300 IN MX 10 inbound-smtp.eu-west-1.amazonaws.com.
acme.example. 300 IN MX 10 inbound-smtp.eu-west-1.amazonaws.com.

; DKIM: SES signs what the domain sends. These records also verify the domain. None of the three may be left out.
aaa._domainkey.mail.acme.example. 300 IN CNAME aaa.a1.dkim.eu-west-1.amazonses.com.
bbb._domainkey.mail.acme.example. 300 IN CNAME bbb.a1.dkim.eu-west-1.amazonses.com.
ccc._domainkey.mail.acme.example. 300 IN CNAME ccc.a1.dkim.eu-west-1.amazonses.com.

; MAIL FROM: bounces of what the domain sends go to SES. It must be the only MX record of its name.
bounce.mail.acme.example. 300 IN MX 10 feedback-smtp.eu-west-1.amazonses.com.

; MAIL FROM: SES may send for this name (SPF), which counts for DMARC.
bounce.mail.acme.example. 300 IN TXT "v=spf1 include:amazonses.com ~all"

; DMARC: what others do with mail that pretends to be yours. A policy that is there already may stay in its place.
_dmarc.mail.acme.example. 300 IN TXT "v=DMARC1; p=quarantine"

; The classic way to verify the domain. It is not needed where the DKIM records are set.
_amazonses.mail.acme.example. 300 IN TXT "tokenOfClassic="
`);
});

test("a change batch for Route 53, which says what it replaces, and leaves alone what others may have set", async () => {
  const { run } = await startDeployedAccount();
  const { stdout, stderr } = await run("dns", "--format", "route53");
  const batch = JSON.parse(stdout);
  expect(batch.Comment).toBe(
    "Replaces MX of mail.acme.example, MX of acme.example, MX of bounce.mail.acme.example, TXT of bounce.mail.acme.example. DNS records of mailroom-prod: mail of mail.acme.example at Amazon SES in eu-west-1",
  );
  expect(
    stderr,
  ).toBe(`mailroom: the change batch replaces what these names have now: MX of mail.acme.example, MX of acme.example, MX of bounce.mail.acme.example, TXT of bounce.mail.acme.example
mailroom: left out of the change batch, so that nothing is lost that stands there; where there is nothing yet, set: _dmarc.mail.acme.example. 300 IN TXT "v=DMARC1; p=quarantine"
mailroom: left out of the change batch, so that nothing is lost that stands there; where there is nothing yet, set: _amazonses.mail.acme.example. 300 IN TXT "tokenOfClassic="
`);
  expect(batch.Changes).toHaveLength(7);
  expect(batch.Changes[0]).toEqual({
    Action: "UPSERT",
    ResourceRecordSet: {
      Name: "mail.acme.example.",
      Type: "MX",
      TTL: 300,
      ResourceRecords: [{ Value: "10 inbound-smtp.eu-west-1.amazonaws.com." }],
    },
  });
});

test("--json: one object a record", async () => {
  const { run } = await startDeployedAccount();
  expect(objects(await run("dns", "--json")).at(0)).toEqual({
    name: "mail.acme.example",
    type: "MX",
    value: "10 inbound-smtp.eu-west-1.amazonaws.com",
    ttl: 300,
    role: "mx",
  });
});

const names = (zone: string) => new Set(readZoneFile(zone, "printed").map(({ name }) => name));

test("an MX record for each domain of recipients, and a word on subdomains", async () => {
  const { run } = await startDeployedAccount(
    {},
    { Recipients: "[in.acme.example,.acme.example]", Domain: "acme.test" },
  );
  const { stdout, stderr } = await run("dns");
  const mx = readZoneFile(stdout, "printed").filter(({ data }) => data.join(" ").includes("inbound-smtp"));
  expect(mx.map(({ name }) => name)).toEqual(["in.acme.example"]);
  expect(stderr).toBe(
    "mailroom: each subdomain of acme.example that is to get mail needs an MX record of its own, which is left out: MX 10 inbound-smtp.eu-west-1.amazonaws.com.\n",
  );
});

test("a domain that SES does not know yet: the other records, and what to do", async () => {
  const { run } = await startDeployedAccount({ GetEmailIdentity: () => new Refusal("NotFoundException") });
  const { status, stdout, stderr } = await run("dns");
  expect([status, [...names(stdout)]]).toEqual([
    0,
    [
      OUTPUTS.Domain,
      "acme.example",
      OUTPUTS.MailFromDomain,
      `_dmarc.${OUTPUTS.Domain}`,
      `_amazonses.${OUTPUTS.Domain}`,
    ],
  ]);
  expect(stderr).toBe(
    "mailroom: SES does not know mail.acme.example in eu-west-1, so its DKIM records are left out: npm run deploy -- --stage prod, then run this again\n",
  );
});

test("an identity that was there before keeps its own MAIL FROM domain, or none", async () => {
  const { run } = await startDeployedAccount(
    { GetEmailIdentity: identity({ MailFromAttributes: {} }) },
    { OwnsIdentity: "false" },
  );
  expect(names((await run("dns")).stdout)).not.toContain(OUTPUTS.MailFromDomain);
});

test("a key of one's own is not for us to print", async () => {
  const DkimAttributes = { SigningAttributesOrigin: "EXTERNAL", Tokens: ["mine"], Status: "SUCCESS" };
  const { run } = await startDeployedAccount({ GetEmailIdentity: identity({ DkimAttributes }) });
  const { stdout, stderr } = await run("dns");
  expect(stdout).not.toContain("_domainkey");
  expect(stderr).toContain("mail.acme.example is signed with a key of your own");
});

test("DKIM that was never begun is no key of one's own", async () => {
  const DkimAttributes = { SigningAttributesOrigin: "AWS_SES", Status: "NOT_STARTED" };
  const { run } = await startDeployedAccount({ GetEmailIdentity: identity({ DkimAttributes }) });
  expect((await run("dns")).stderr).toBe(
    "mailroom: DKIM was never begun for mail.acme.example, so its records are left out: aws ses verify-domain-dkim --domain mail.acme.example --region eu-west-1, then run this again\n",
  );
});

test("without the right to see the classic token all other records are printed", async () => {
  const { run } = await startDeployedAccount({ GetIdentityVerificationAttributes: () => DENIED });
  const { status, stdout, stderr } = await run("dns");
  expect([status, names(stdout).has(`_amazonses.${OUTPUTS.Domain}`)]).toEqual([0, false]);
  expect(stderr).toContain("the record of the classic verification is left out: not authorized");
});

test("--json and --format exclude each other: status 2", async () => {
  const { run } = await startDeployedAccount();
  expect((await run("dns", "--json", "--format", "zone")).status).toBe(2);
});
