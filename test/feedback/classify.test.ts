import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { classify } from "../../shared/feedback/classify.ts";
import { BOUNCE_TYPES, FEEDBACK_REASONS } from "../../shared/feedback/feedback.ts";
import { chooseStatus, enhancedCodes, readStatus, replyCode } from "../../shared/feedback/status-code.ts";
import { TEXT_REASONS } from "../../shared/feedback/text-reasons.ts";
import { nastyText } from "../support/nasty-text.ts";

const of = (status: string | null, diagnosticCode: string | null, action: string | null = "failed", text = "") =>
  classify({ status, diagnosticCode, action, text });

describe("RFC 3463 section 2: which status tells the truth", () => {
  test.each([
    // One of them alone.
    ["5.1.1", null, "5.1.1"],
    ["5.0.0 (permanent failure)", null, "5.0.0"],
    ["5.4.4 (Illegal host/domain name found)", null, "5.4.4"],
    ["  4.4.7", null, "4.4.7"],
    [null, "smtp; 550 5.1.1 User unknown", "5.1.1"],
    [null, "smtp; 550 User unknown", "5.0.0"],
    [null, "452 try again", "4.0.0"],
    [null, "smtp;550-5.7.26 not authenticated", "5.7.26"],
    [null, "Sorry, I couldn't find any host by that name. (#5.1.2)", "5.1.2"],
    ["none", "x-unix; 77", null],
    [null, null, null],
    // Generic beside specific, of one class.
    ["5.0.0", "smtp; 550 5.7.1 no", "5.7.1"],
    ["5.0.0 (permanent failure)", "smtp; 5.1.0 - Unknown address error 550-'5.7.1 no' (delivery attempts: 0)", "5.7.1"],
    ["5.0.0 (permanent failure)", "smtp; 5.3.0 - Other mail system problem 550-'Unknown user'", "5.3.0"],
    ["5.2.2", "smtp; 550 5.0.0 no", "5.2.2"],
    ["5.1.1", "smtp; 550 5.7.1 no", "5.1.1"],
    // Two classes: the reply code decides.
    ["5.0.0", "smtp; 450 4.7.1 greylisted", "4.7.1"],
    ["5.4.7", "smtp; 421 4.2.0 busy", "4.2.0"],
    ["4.4.7", "smtp; 550 5.1.1 unknown", "5.1.1"],
    ["4.0.0", "smtp; 550 5.1.1 unknown", "5.1.1"],
    ["4.4.7", "x-exchange; 5.1.1", "4.4.7"],
    ["4.0.0", "x-exchange; 5.1.1", "5.1.1"],
    ["4.4.7", "smtp; 450 5.1.1 odd", "4.4.7"],
    // A reply code alone contradicts nothing.
    ["4.0.0", "smtp; 554 Blocked", "4.0.0"],
    ["4.4.7", "smtp;550 4.4.7 QUEUE.Expired; message expired", "4.4.7"],
    ["5.0.0", "smtp; 450 busy", "5.0.0"],
  ])("Status %s, %s -> %s", (status, diagnosticCode, expected) => {
    expect(chooseStatus(status, diagnosticCode)).toBe(expected);
  });

  test.each([
    "host 5.1.1.10 said no",
    "[192.5.1.1]",
    "Exim 4.86.2",
    "version v5.1.2",
    "2401:5.1.1.1",
    "5.10.1",
    "build 15.5.1.1",
  ])("%s has no code in it", (text) => {
    expect(enhancedCodes(text)).toEqual([]);
  });

  test("a success is read as a status, and never taken for the failure's", () => {
    expect(readStatus("2.1.5")).toBe("2.1.5");
    expect(chooseStatus(null, "250 2.0.0 ok, then 550 5.1.1 no")).toBe("5.1.1");
  });

  test.each([
    ["smtp; 550 no", "550"],
    ["smtp;421-try later", "421"],
    ["host mx.example.com[192.0.2.1] said: 554 no (in reply to RCPT TO)", "554"],
    ["Error: code 5501", null],
    ["port 450000", null],
    ["", null],
  ])("RFC 5321 section 4.2: the reply code of %s is %s", (text, code) => {
    expect(replyCode(text)).toBe(code);
  });
});

describe("SES fact 2.3.1: the type of a bounce", () => {
  test.each([
    ["5.1.1", "smtp; 550 5.1.1 User unknown", "Permanent", "General", "userUnknown"],
    ["5.2.2", "smtp; 552 5.2.2 Mailbox full", "Transient", "MailboxFull", "mailboxFull"],
    ["5.3.4", "smtp; 552 5.3.4 Message too big for system", "Transient", "MessageTooLarge", "tooLarge"],
    ["5.7.1", "smtp; 554 5.7.1 Rejected as spam", "Transient", "ContentRejected", "contentRejected"],
    ["5.7.1", "smtp; 554 5.7.1 Virus found", "Transient", "ContentRejected", "virusDetected"],
    ["5.4.7", "smtp; 5.4.7 - Delivery expired (message too old)", "Transient", "General", "expired"],
    ["4.4.7", "smtp; 421 4.4.7 Message expired", "Transient", "General", "expired"],
    ["4.7.1", "smtp; 450 4.7.1 Greylisted", "Transient", "General", "rateLimited"],
    ["5.0.0", "smtp; 450 later", "Transient", "General", "undefined"],
    ["5.7.9", null, "Permanent", "General", "policy"],
    [null, "User unknown", "Permanent", "General", "userUnknown"],
    [null, "Host or domain name not found", "Permanent", "General", "hostUnknown"],
    [null, "The user has moved to another place", "Permanent", "General", "hasMoved"],
    [null, "Connection refused", "Transient", "General", "networkError"],
    [null, "Nyaan", "Undetermined", "Undetermined", "undefined"],
    [null, null, "Undetermined", "Undetermined", "undefined"],
  ])("Status %s, %s -> %s/%s, %s", (status, diagnosticCode, bounceType, bounceSubType, reason) => {
    expect(of(status, diagnosticCode)).toMatchObject({ bounceType, bounceSubType, reason });
  });

  test("trap 1.13, 550 5.1.1 inside a transient report is permanent", () => {
    expect(of("4.4.7", "smtp; 550 5.1.1 <gone@partner.example>: user unknown").bounceType).toBe("Permanent");
  });
});

describe("RFC 3463 section 3.1: without any code, the action tells the class", () => {
  test.each([
    ["failed", "Nyaan", "5.0.0"],
    ["failed", "mailbox is full: retry timeout exceeded", "4.0.0"],
    ["delayed", "Nyaan", "4.0.0"],
    ["delivered", "Nyaan", null],
    [null, "Nyaan", null],
  ])("%s, %s -> %s", (action, diagnosticCode, status) => {
    expect(of(null, diagnosticCode, action).status).toBe(status);
  });
});

describe("the reason that a text gives", () => {
  test.each([
    [
      "smtp; 550 5.1.1 <a@example.com>: Recipient address rejected: User unknown in virtual mailbox table",
      "userUnknown",
    ],
    ["smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup", "userUnknown"],
    ["550 5.4.1 Recipient address rejected: Access denied. AS(201806281)", "userUnknown"],
    ["554 delivery error: dd This user doesn't have an account here [0]", "userUnknown"],
    ["550 Requested action not taken: mailbox unavailable", "userUnknown"],
    ["Sorry, no mailbox here by that name. (#5.1.1)", "userUnknown"],
    ["550 5.1.1 Adresse d au moins un destinataire invalide. Invalid recipient. OFR_416", "userUnknown"],
    ["553 5.3.0 <a@example.com>... Unknown E-Mail Address", "userUnknown"],
    ["550 Benutzer unbekannt", "userUnknown"],
    ["550 5.1.1 El usuario no existe", "userUnknown"],
    ["宛先のメールアドレスは存在しません。", "userUnknown"],
    ["550 5.1.6 recipient no longer on server: a@example.com", "hasMoved"],
    ["Host or domain name not found. Name service error for name=gone.example type=A: Host not found", "hostUnknown"],
    ["Sorry, I couldn't find any host named gone.example. (#5.1.2)", "hostUnknown"],
    ["Unrouteable address", "hostUnknown"],
    ["556 5.1.10 Domain does not accept mail (nullMX)", "hostUnknown"],
    ["552-5.2.2 The email account that you tried to reach is over\n 552-5.2.2 quota.", "mailboxFull"],
    ["522 5.2.0 Delivery failed: Over quota", "mailboxFull"],
    ["Mailbox quota usage exceeded. Espacio en casilla de mail agotado.", "mailboxFull"],
    ["メールボックスの容量を超えています", "mailboxFull"],
    [
      "554 dd Sorry, your message cannot be delivered. This account has been disabled or discontinued [#102]",
      "suspended",
    ],
    ["550 Mailbox is frozen", "suspended"],
    ["550 5.2.1 The email account that you tried to reach is disabled.", "suspended"],
    ["550 5.7.1 The recipient has refused your mail: refused by recipient", "filtered"],
    ["受信拒否設定がされています", "filtered"],
    [
      "550-5.7.25 [192.0.2.1] The IP address sending this message does not have a\n550-5.7.25 PTR record setup",
      "blocked",
    ],
    ["554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.blocklist.example", "blocked"],
    [
      "550 5.7.1 Unfortunately, messages from [192.0.2.1] weren't sent. part of their network is on our block list",
      "blocked",
    ],
    ["554 Blocked - see https://lookup.example/?ip=192.0.2.1", "blocked"],
    ["550 5.7.1 <helo.example>: Helo command rejected: need fully-qualified hostname", "policy"],
    ["553 5.1.8 <a@example.com>... Domain of sender address a@example.com does not exist", "policy"],
    ["550 5.7.1 Relaying denied", "policy"],
    ["550 5.7.26 This message does not pass authentication checks (SPF and DKIM both do not pass)", "authFailure"],
    ["550 5.7.509 Access denied, sending domain does not pass DMARC verification", "authFailure"],
    ["421 4.7.0 [TSS04] Messages from 192.0.2.1 temporarily deferred due to unexpected volume", "rateLimited"],
    ["452 4.3.2 Connection rate limit exceeded.", "rateLimited"],
    ["450 4.2.0 <a@example.com>: Recipient address rejected: Greylisted, see http://postgrey.example/", "rateLimited"],
    ["421 Too many concurrent SMTP connections", "rateLimited"],
    ["554 5.7.1 The message was rejected because it contains prohibited virus or spam content", "contentRejected"],
    ["550 5.2.0 Mail rejete. Mail rejected. ofr_506 [506]", "contentRejected"],
    ["552 5.7.0 Our system detected an illegal attachment on your message.", "contentRejected"],
    ["554 5.6.1 infected with Eicar", "virusDetected"],
    ["552 5.3.4 Message size exceeds fixed limit", "tooLarge"],
    ["552 5.2.3 Message exceeds maximum message size", "tooLarge"],
    ["retry time not reached for any host after a long failure period", "expired"],
    ["smtp;550 4.4.7 QUEUE.Expired; message expired", "expired"],
    ["connect to mx.partner.example[192.0.2.1]:25: Connection refused", "networkError"],
    ["lost connection with mx.partner.example[192.0.2.1] while performing the HELO handshake", "networkError"],
    ["451 4.3.0 Temporary lookup failure", "systemError"],
    ["554 5.4.6 Too many hops 26 (25 max)", "systemError"],
    ["mail for partner.example loops back to myself", "systemError"],
    ["452 4.3.1 Insufficient system storage", "systemError"],
  ])("%s -> %s", (diagnosticCode, reason) => {
    expect(of(null, diagnosticCode).reason).toBe(reason);
  });

  test("the words of an address are not the server's", () => {
    expect(of(null, "550 <user-unknown@mailbox-full.example>: nyaan").reason).toBe("undefined");
    expect(of(null, "550 spam@example.com nyaan").reason).toBe("undefined");
  });

  test("the answer counts before the summary that IronPort, and SES on it, puts before it", () => {
    expect(of("5.0.0", "smtp; 5.1.0 - Unknown address error 550-'5.2.2 <a@example.com>... Mailbox Full'").reason).toBe(
      "mailboxFull",
    );
    expect(
      of("5.0.0", "smtp; 5.1.0 - Unknown address error 550-'5.7.1 ... Access denied' (delivery attempts: 0)").reason,
    ).toBe("policy");
    expect(of("5.0.0", "smtp; 5.1.0 - Unknown address error 550-'nyaan'").reason).toBe("userUnknown");
  });

  test("what is said to people counts where the diagnostic code gives no reason, and a status that names one comes before", () => {
    expect(of("5.0.0", null, "failed", "The address couldn't be found.").reason).toBe("userUnknown");
    expect(of("5.2.2", null, "failed", "The address couldn't be found.").reason).toBe("mailboxFull");
    expect(of("5.3.0", "x-unix; 77", "failed", "maildir over quota.").reason).toBe("mailboxFull");
    expect(of("5.3.0", "x-unix; 77").reason).toBe("systemError");
  });

  test("a status that names a reason counts before words that many use for anything", () => {
    expect(of("5.1.1", "smtp; 550 5.1.1 Recipient rejected").reason).toBe("userUnknown");
    expect(of("5.2.2", "smtp; 452 4.2.2 Try again later").reason).toBe("mailboxFull");
    expect(of(null, "550 Recipient rejected").reason).toBe("policy");
    expect(of(null, null, "failed", "Your mail was rejected.").reason).toBe("undefined");
  });

  test("text is examined to a limit", () => {
    expect(of(null, `${"nyaan ".repeat(1_000)} user unknown`).reason).toBe("undefined");
  });
});

test.each([
  ["5.1.1", "userUnknown"],
  ["5.1.2", "hostUnknown"],
  ["5.1.6", "hasMoved"],
  ["4.2.1", "suspended"],
  ["4.2.2", "mailboxFull"],
  ["5.3.4", "tooLarge"],
  ["4.4.1", "networkError"],
  ["4.4.7", "expired"],
  ["5.4.6", "systemError"],
  ["5.6.0", "contentRejected"],
  ["5.7.1", "policy"],
  ["5.7.23", "authFailure"],
  ["5.7.25", "blocked"],
  ["4.7.28", "rateLimited"],
  ["4.3.9", "systemError"],
  ["5.5.0", "undefined"],
])("RFC 3463 section 3: %s alone means %s", (status, reason) => {
  expect(of(status, null).reason).toBe(reason);
});

describe("the table of texts", () => {
  const phrases = TEXT_REASONS.flatMap(({ reason, says }) =>
    says
      .trim()
      .split(/[;\n]\s*/)
      .map((phrase) => ({ reason, phrase })),
  );

  test("every part is lower case, without white space around it, and says more than a letter or two", () => {
    for (const { phrase } of phrases) expect(phrase).toBe(phrase.toLowerCase().trim());
    expect(phrases.filter(({ phrase }) => phrase.replaceAll("|", "").length < 3 && !/[^ -~]/.test(phrase))).toEqual([]);
  });

  test("no part stands in two rows", () => {
    expect(phrases.length).toBe(new Set(phrases.map(({ phrase }) => phrase)).size);
  });

  test("a part that an earlier row takes is dead", () => {
    const dead = phrases.filter(({ phrase, reason }) => {
      const text = phrase.replaceAll("|", "").replaceAll("…", " ");
      return classify({ status: null, diagnosticCode: text }).reason !== reason;
    });
    expect(dead).toEqual([]);
  });
});

test("property: whatever a server says, there is a type, a reason and a status of three numbers or none", () => {
  const words = fc.constantFrom(
    "550",
    "5.1.1",
    "450",
    "4.7.1",
    "mailbox",
    "full",
    "user",
    "unknown",
    "-'",
    "<",
    "@",
    "…",
  );
  const said = fc.array(fc.oneof(words, nastyText), { maxLength: 30 }).map((all) => all.join(" "));
  fc.assert(
    fc.property(
      fc.option(said),
      fc.option(said),
      said,
      fc.constantFrom("failed", "delayed", null),
      (status, diagnosticCode, text, action) => {
        const found = classify({ status, diagnosticCode, text, action });
        expect(BOUNCE_TYPES).toContain(found.bounceType);
        expect(FEEDBACK_REASONS).toContain(found.reason);
        expect(found.status ?? "5.0.0").toMatch(/^[245]\.\d\.\d{1,3}$/);
      },
    ),
  );
});

describe("names and numbers that an answer happens to hold", () => {
  test.each([
    ["550 5.1.1 host mx.spamexperts.example[192.0.2.1] said: User unknown", "userUnknown"],
    ["550 5.1.1 User unknown, see https://postmaster.isp.example/spam/dmarc", "userUnknown"],
    ["550 5.1.1 mail.dmarcian.example: no such user", "userUnknown"],
    ["550 5.1.1 Absorbson: no such user", "userUnknown"],
    ["554 5.7.1 Service unavailable; blocked using zen.spamhaus.org", "blocked"],
    ["550 rejected, see zen.spamhaus.org/query", "blocked"],
    ["#550 4.4.7 QUEUE.Expired; message expired ##", "expired"],
  ])("%s: %s", (diagnosticCode, reason) => {
    expect(classify({ status: null, diagnosticCode }).reason).toBe(reason);
  });

  test.each([
    ["smtp; Connection timed out after 500 ms", null],
    ["smtp; 500 messages in the mailbox", null],
    ["smtp; 550 user unknown", "5.0.0"],
    ["host mx.partner.example said: 450 try later", "4.0.0"],
  ])("%s has the status %s", (diagnosticCode, status) => {
    expect(classify({ status: null, diagnosticCode }).status).toBe(status);
  });
});
