import type { ServerResponse } from "node:http";
import type { ReceiptRule, ReceiptRuleSet } from "../../shared/receipt/receipt-rule.ts";
import { xmlText } from "./fake-server.ts";

/** What SES refuses, by the code that it says. */
export class SesRefusal extends Error {
  override readonly name = "SesRefusal";
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** The rule of a request, in the AWS query protocol: what is left out is as SES has it without (SES fact 1.5). */
export function readRule(form: URLSearchParams): ReceiptRule {
  return {
    name: form.get("Rule.Name") ?? "",
    enabled: form.get("Rule.Enabled") === "true",
    tlsPolicy: form.get("Rule.TlsPolicy") === "Require" ? "Require" : "Optional",
    scanEnabled: form.get("Rule.ScanEnabled") === "true",
    recipients: membersOf(form, "Rule.Recipients").map((at) => form.get(at) ?? ""),
    actions: membersOf(form, "Rule.Actions").map((at) => readAction(form, at)),
  };
}

function readAction(form: URLSearchParams, at: string): ReceiptRule["actions"][number] {
  const fields = [...form]
    .filter(([key]) => key.startsWith(`${at}.`))
    .map(([key, value]) => [...key.split("."), value]);
  const settings = fields.map((words) => words.slice(-2) as [string, string]);
  return { type: fields[0]?.at(-3) ?? "", settings: Object.fromEntries(settings) };
}

/** `prefix.member.1`, `prefix.member.2`, … as long as the form has fields of that name or under it. */
function membersOf(form: URLSearchParams, prefix: string): readonly string[] {
  const keys = [...form.keys()];
  const members: string[] = [];
  for (let at = `${prefix}.member.1`; keys.some((key) => key === at || key.startsWith(`${at}.`)); )
    at = `${prefix}.member.${members.push(at) + 1}`;
  return members;
}

/** @param set `undefined`: there is nothing to be described */
export function describedSet(set: ReceiptRuleSet | undefined): string {
  if (set === undefined) return "";
  const metadata = element("Metadata", element("Name", xmlText(set.name)) + element("CreatedTimestamp", CREATED));
  return metadata + element("Rules", set.rules.map((rule) => element("member", ruleXml(rule))).join(""));
}

const CREATED = "2026-11-24T08:00:00Z";

function ruleXml({ name, enabled, tlsPolicy, scanEnabled, recipients, actions }: ReceiptRule): string {
  const settingsXml = (settings: Readonly<Record<string, string>>) =>
    Object.entries(settings).map(([key, value]) => element(key, xmlText(value)));
  const actionsXml = actions.map(({ type, settings }) =>
    element("member", element(type, settingsXml(settings).join(""))),
  );
  return [
    element("Name", xmlText(name)),
    element("Enabled", String(enabled)),
    element("TlsPolicy", tlsPolicy),
    element("ScanEnabled", String(scanEnabled)),
    element("Recipients", recipients.map((each) => element("member", xmlText(each))).join("")),
    element("Actions", actionsXml.join("")),
  ].join("");
}

function element(name: string, content: string): string {
  return `<${name}>${content}</${name}>`;
}

export function sendResult(response: ServerResponse, action: string, result: string): void {
  const body = element(`${action}Result`, result) + element("ResponseMetadata", element("RequestId", "r-1"));
  response
    .writeHead(200, XML)
    .end(`<${action}Response xmlns="http://ses.amazonaws.com/doc/2010-12-01/">${body}</${action}Response>`);
}

export function sendRefusal(response: ServerResponse, { code, message }: SesRefusal): void {
  const error = element("Type", "Sender") + element("Code", code) + element("Message", xmlText(message));
  response.writeHead(400, XML).end(element("ErrorResponse", element("Error", error) + element("RequestId", "r-1")));
}

const XML = { "content-type": "text/xml" };
