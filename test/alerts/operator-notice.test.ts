import { expect, test } from "vitest";
import { publishedAlertSchema } from "../../shared/alerts/alert-schema.ts";
import { composeEmail } from "../../shared/alerts/email-form.ts";
import { composeNotification } from "../../shared/alerts/notification.ts";
import { operatorNotice } from "../../shared/alerts/operator-notice.ts";
import { RulesFileError } from "../../shared/errors.ts";
import { brokenRulesAlert } from "../../shared/lambda/broken-rules.ts";

const problem = (line: number) => ({ line, column: 5, path: "", message: 'unknown key "keyword"' });
const brokenBy = (error: unknown, eTag = '"1"') => brokenRulesAlert({ url: "s3://acme-config/rules.yml", eTag, error });
const broken = brokenBy(new RulesFileError("rules.yml", [problem(3), problem(9)]));

test("a word to the operator that is about no mail has no line about one", () => {
  expect(composeEmail(broken)).toBe(`[error] mailroom/broken-rules - Mailroom alert ${broken.mark}

Why:       The rules in s3://acme-config/rules.yml cannot be used. The last good version stays in force; where none of the five before it is good, the rules that the functions were deployed with. Please mend the file and upload it with the command rules deploy, which checks it before.
Why:       Line 3, column 5: unknown key "keyword"
Why:       Line 9, column 5: unknown key "keyword"
`);
});

test("its subject says what it is about, and its JSON is as the schema says", () => {
  const { subject, message } = composeNotification(broken);
  expect(subject).toBe("[error] mailroom/broken-rules: the new rules cannot be used");
  const { default: json, sms } = JSON.parse(message);
  expect(publishedAlertSchema.parse(JSON.parse(json))).toMatchObject({
    sesMessageId: "",
    warnings: [],
    recipientDomain: [],
  });
  expect(sms).toMatch(
    /^\[error\] mailroom\/broken-rules: The rules in s3:\/\/acme-config\/rules\.yml cannot be used\. /,
  );
});

test("the same again has the same id; another version, or the same in another bucket, another", () => {
  const error = new Error("x");
  const others = [brokenBy(error, '"2"'), brokenRulesAlert({ url: "s3://other/rules.yml", eTag: '"1"', error })];
  expect(brokenBy(error).id).toBe(broken.id);
  expect(new Set([broken, ...others].map(({ id }) => id)).size).toBe(3);
});

test("what else went wrong than the file may say anything, so it is not quoted", () => {
  expect(composeEmail(brokenBy(new Error("secret")))).toMatch(/Why: {7}Why that is so stands in the log\.\n/);
});

test("a notice is no alert about a mail: it has no id of one", () => {
  const notice = operatorNotice({ rule: "mailroom/x", about: "x", severity: "info", subject: "x", sentences: ["x"] });
  expect(notice).toMatchObject({ topic: "operator", sesMessageId: "", receivedAt: null, envelope: { recipients: [] } });
});
