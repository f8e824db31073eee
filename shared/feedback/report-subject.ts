import type { Message } from "../message/message.ts";
import { anyPhrase } from "./phrases.ts";

/** Characters of a subject that are examined. */
const MAX_SUBJECT = 200;

/**
 * How the subjects of reports begin, a row a language. A person's answer begins with `Re:`, what one sends on with `Fwd:`, and neither is here.
 */
const BEGINNINGS = {
  English: String.raw`
    undeliver
    (?:(?:permanent|temporary|mail|message|e-?mail|final) )?deliver(?:y|ies) (?:status|fail|error|problem|report|notif|sub)
    (?:(?:permanent|temporary|mail|message|e-?mail|final) )?delivery (?:incomplete|delayed|has|unsuccess|warning|not)
    mail delivery
    returned? (?:mail|to sender|message)
    return(?:ing|ed) mail
    failure notice
    failed mail
    mail (?:fail|system error|error|could not|not delivered|undeliver|rejected)
    (?:automatically )?rejected mail
    message (?:undeliver|not delivered|could not|delayed|status|delivery|you sent blocked)
    message (?:[\w-]{6,40} )?(?:has been )?frozen
    non[- ]?(?:deliver|remis)
    nondistribution
    could not (?:send|deliver)
    warning: (?:could not send|message|delayed)
    delayed mail
    your (?:mail|message) (?:could|was not|wasn't|has not)
    (?:there was an )?error sending
    user unknown
    postmaster notify`,
  // The list manager fml, to those who are no members.
  fml: String.raw`not member article
    fml\s`,
  German: "unzustellbar\n nicht zustellbar\n mailzustellung\n zustell(?:ung|fehl|status)",
  French: "[ée]chec d\n impossible de remettre\n notification (?:d'état|de (?:non-)?remise|d'échec)",
  Spanish: "no (?:se puede entregar|se pudo entregar|entregad)\n (?:mensaje|correo) no\n error de entrega",
  Romance: "notifica(?:ción|ção|zione) .{0,24}(?:entrega|recapito|consegna|estado|stato|status)",
  Italian: "non recapit\n mancat[ao] (?:consegna|recapito)\n impossibile recapit",
  Portuguese: "não (?:foi )?entreg",
  Dutch: "onbestelbaar",
  Swedish: "olevererbar",
  Polish: "nie ?dostarcz",
  Russian: "не ?доставлен\n ваше сообщение не",
  Japanese: `(?:メール|メッセージ|送信|配信|配送|不達|エラー).{0,12}(?:エラー|失敗|不能|不達|できません|通知|完了していません)
    宛先不明`,
  Chinese: "(?:系统|系統)?退信\n (?:邮件|郵件).{0,6}(?:退|失败|失敗)\n 無法傳遞\n 未送达\n 未传递",
  Korean: "반송\n (?:전송|배달|전달).{0,6}(?:실패|되지|못)",
};

const REPORT_SUBJECT = new RegExp(String.raw`^(?:\[[^\]]{1,40}\]\s?)?\W{0,3}(?:${anyPhrase(BEGINNINGS)})`, "iu");

/** Whether the subject is one that mail systems write above their reports. */
export function hasReportSubject({ subject }: Message): boolean {
  return REPORT_SUBJECT.test(subject.trim().slice(0, MAX_SUBJECT));
}
