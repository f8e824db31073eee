import {
  CreateReceiptRuleCommand,
  DeleteReceiptRuleCommand,
  DescribeActiveReceiptRuleSetCommand,
  DescribeReceiptRuleSetCommand,
  RuleSetDoesNotExistException,
  type SESClient,
  type ReceiptAction as SesAction,
  type ReceiptRule as SesRule,
  SetActiveReceiptRuleSetCommand,
  SetReceiptRulePositionCommand,
  UpdateReceiptRuleCommand,
} from "@aws-sdk/client-ses";
import type { ReceiptRuleSets } from "../ports.ts";
import type { ReceiptAction, ReceiptRule, ReceiptRuleSet } from "../receipt/receipt-rule.ts";

/**
 * SES's receipt rule sets. SES takes one call of each kind in a second (SES fact 1.3): the client should try again patiently.
 *
 * Errors of the SDK pass through as they are; SES says in them what it refuses.
 */
export function sesReceiptRuleSets(client: SESClient): ReceiptRuleSets {
  return {
    async active() {
      const { Metadata, Rules } = await client.send(new DescribeActiveReceiptRuleSetCommand({}));
      return toSet(Metadata?.Name, Rules);
    },

    async find(name) {
      try {
        const { Metadata, Rules } = await client.send(new DescribeReceiptRuleSetCommand({ RuleSetName: name }));
        return toSet(Metadata?.Name, Rules);
      } catch (error) {
        if (error instanceof RuleSetDoesNotExistException) return undefined;
        throw error;
      }
    },

    async activate(name) {
      await client.send(new SetActiveReceiptRuleSetCommand({ RuleSetName: name }));
    },

    async addRule(set, rule, after) {
      await client.send(new CreateReceiptRuleCommand({ RuleSetName: set, After: after, Rule: fromRule(rule) }));
    },

    async updateRule(set, rule) {
      await client.send(new UpdateReceiptRuleCommand({ RuleSetName: set, Rule: fromRule(rule) }));
    },

    async moveRule(set, rule, after) {
      await client.send(new SetReceiptRulePositionCommand({ RuleSetName: set, RuleName: rule, After: after }));
    },

    async removeRule(set, rule) {
      try {
        await client.send(new DeleteReceiptRuleCommand({ RuleSetName: set, RuleName: rule }));
      } catch (error) {
        if (!(error instanceof RuleSetDoesNotExistException)) throw error;
      }
    },
  };
}

function toSet(name: string | undefined, rules: readonly SesRule[] = []): ReceiptRuleSet | undefined {
  return name === undefined ? undefined : { name, rules: rules.map(toRule) };
}

/** What SES leaves out is as it is without it (SES fact 1.5). */
function toRule({ Name = "", Enabled, TlsPolicy, ScanEnabled, Recipients, Actions }: SesRule): ReceiptRule {
  return {
    name: Name,
    enabled: Enabled ?? false,
    tlsPolicy: TlsPolicy ?? "Optional",
    scanEnabled: ScanEnabled ?? false,
    recipients: Recipients ?? [],
    actions: (Actions ?? []).flatMap(toAction),
  };
}

/** SES has a field for each kind of action, and fills one of them. */
function toAction(action: SesAction): readonly ReceiptAction[] {
  const fields: readonly (readonly [string, Settings | undefined])[] = Object.entries(action);
  return fields.flatMap(([type, settings]) => (settings === undefined ? [] : [{ type, settings: filled(settings) }]));
}

type Settings = Readonly<Record<string, string | undefined>>;

function filled(settings: Settings): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(settings).flatMap(([name, value]) => (value ? [[name, value]] : [])));
}

function fromRule({ name, enabled, tlsPolicy, scanEnabled, recipients, actions }: ReceiptRule): SesRule {
  return {
    Name: name,
    Enabled: enabled,
    TlsPolicy: tlsPolicy,
    ScanEnabled: scanEnabled,
    Recipients: [...recipients],
    Actions: actions.map(({ type, settings }) => ({ [type]: settings }) as SesAction),
  };
}
