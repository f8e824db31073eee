import type { Family } from "./family.ts";
import { ALONE, BRACKETED, lineShape } from "./line-shape.ts";

/** Exchange, Notes and the other servers of offices. */
export const GROUPWARE_FAMILIES: readonly Family[] = [
  {
    name: "Exchange 2007 and later, Office 365",
    tells:
      /(?:generating server|serveur de génération|generierender server|servidor de generación|server di generazione|genererande server|生成(?:元)?サーバー|diagnostic information for administrators|diagnoseinformationen für administratoren|informations de diagnostic|información de diagnóstico|informazioni (?:di )?diagnostic(?:a|he)|informações de diagnóstico|diagnostische (?:gegevens|informatie)|diagnostisk information|informacje diagnostyczne|диагностические сведения|诊断信息|診斷資訊|진단 정보|管理者(?:用|向け)の?診断情報|delivery has failed to these recipients|couldn't be delivered to the following recipients|your message to .{0,260} couldn't be delivered)/iu,
    recipients: [
      lineShape("mailto:ADDR"),
      lineShape(String.raw`^\s{0,9}<?ADDR>?\s{1,9}(?=[#<]|remote server)WHY$`),
      lineShape(String.raw`your message to\s{1,3}<?ADDR>? couldn't`),
      ALONE,
    ],
    reasonFollows: /^\s{0,9}(?:error details|reported error)/i,
  },
  {
    name: "Exchange 2007 and later, a delay",
    tells: /delivery is delayed to these recipients/i,
    recipients: [lineShape("mailto:ADDR"), ALONE],
    delayed: true,
  },
  {
    name: "Exchange 5.5 to 2003",
    tells:
      /did not reach the following recipient|could not be delivered to the following recipient.{0,300}MSEXCH|ne sont pas parvenus|folgende(?:n)? empfänger (?:nicht|konnte)/iu,
    begins: /did not reach|following recipient|folgende|destinataire/iu,
    recipients: [
      lineShape(String.raw`^\s{0,9}['"]?<?ADDR>?['"]? (?:on|am|le|el|il) [\w/.]{2,12}[,. ]WHY$`),
      lineShape("^[^@]{0,300}dda:SMTP=ADDR;? (?:on|am|le|el|il) WHY$"),
      lineShape(String.raw`following recipient(?:\(s\)|s)?:?\s{1,3}<?ADDR>?WHY$`),
      ALONE,
      BRACKETED,
    ],
  },
  {
    name: "Notes, its list of reasons",
    tells: /-{3,} ?failure reasons? ?-{3,}/i,
    begins: /failure reasons?/i,
    recipients: [ALONE, BRACKETED],
    ends: /^-{3,} ?returned message/i,
  },
  {
    name: "Domino",
    tells:
      /was not delivered to:? .{1,300} because|not listed in (?:domino|public name)|konnte nicht zugestellt werden an: .{1,300} wegen/i,
    begins: /not delivered to|zugestellt werden an|distribué à|配信されません/iu,
    recipients: [lineShape(String.raw`not delivered to:?\s{1,9}<?ADDR`), ALONE, BRACKETED],
    reasonFollows: /^\s{0,9}(?:because|wegen|motif|理由)/iu,
  },
  {
    name: "GroupWise and others: recipients with reasons in brackets",
    tells: /the message that you sent was undeliverable|undeliverable to the following/i,
    recipients: [lineShape(String.raw`^\s{0,9}<?ADDR>?\s{1,9}\(WHY\)$`), ALONE, BRACKETED],
  },
];
