import type { Message } from "../../message/message.ts";
import { isFromList, isFromMailSystem, namesMailSystem } from "../mail-system.ts";

/** What systems write above their reports, in the languages that we have seen. A person's answer begins with `Re:`, what one sends on with `Fwd:`. */
const STOCK_SUBJECT =
  /^(?:\[[^\]]{1,40}\]\s?)?(?:\W{0,3})(?:(?:permanent |temporary |mail |message |e-?mail |final )?deliver(?:y|ies) (?:status|fail|error|problem|report|notif|sub|incomplete|delayed|has|unsuccess|warning|not)|undeliver|mail delivery|returned? (?:mail|to sender|message)|failure notice|failed mail|mail (?:fail|system error|error|could not|not delivered|undeliver|rejected)|(?:automatically )?rejected mail|message (?:undeliver|not delivered|could not|delayed|frozen|has been frozen|[\w-]{6,40} (?:has been )?frozen|status|delivery|you sent blocked)|non[- ]?(?:deliver|remis)|could not (?:send|deliver)|warning: (?:could not send|message|delayed)|delayed mail|your (?:mail|message) (?:could|was not|wasn't|has not)|nondistribution|error sending|there was an error sending|user unknown|postmaster notify|mail system error)/iu;

/** The same in other languages, and what the list manager fml writes to those who are no members. */
const STOCK_SUBJECT_ABROAD =
  /^(?:\W{0,3})(?:unzustellbar|nicht zustellbar|mailzustellung|zustell(?:ung|fehl|status)|[ée]chec d|impossible de remettre|notification (?:d'état|de (?:non-)?remise|d'échec)|no (?:se puede entregar|se pudo entregar|entregad)|(?:mensaje|correo) no|error de entrega|notifica(?:ción|ção|zione) .{0,24}(?:entrega|recapito|consegna|estado|stato|status)|non recapit|mancat[ao] (?:consegna|recapito)|impossibile recapit|não (?:foi )?entreg|onbestelbaar|olevererbar|niedostarcz|nie dostarcz|не доставлен|недоставлен|ваше сообщение не|(?:メール|送信|配信|配送|不達|エラー).{0,12}(?:エラー|失敗|不能|不達|できません|通知|完了していません)|宛先不明|(?:系统|系統)?退信|(?:邮件|郵件).{0,6}(?:退|失败|失敗)|無法傳遞|未送达|未传递|반송|(?:전송|배달|전달).{0,6}(?:실패|되지|못)|not member article|fml )/iu;

/** What reports say in words. */
const NOT_DELIVERED =
  /undeliver|unable to (?:deliver|send|reach)|fail(?:ed|ure)? (?:to deliver|to send|permanently|in delivering)|deliver(?:y|ing)?(?: to)?(?: \w{1,12}){0,4} (?:failed|failure|delayed|aborted|unsuccessful|error|problem)|(?:(?:could|can|was|were|is|has|have|did|will|do)(?:n't| ?not))(?: yet)?(?: be| been)?(?: \w{1,12})? ?(?:deliver|reach|sent\b|send\b|receive)|not (?:been )?delivered|(?:fatal|delivery) errors|error (?:occurred|delivering)|failed (?:address|recipient)|trouble delivering|returned to (?:you|sender)|was blocked by|automatically rejected|transcript of (?:the )?session|nicht (?:zugestellt|zustellen|ausgeliefert|übermittelt|erreich)|zustellung .{0,40}fehlgeschlagen|pas (?:pu )?(?:être |été )?(?:remis|distribué|délivré|livré|acheminé|envoyé)|[ée]chec de la (?:remise|distribution)|no (?:se )?(?:pudo|ha podido|puede|ha sido|fue)(?: ser)? (?:\w{1,12} )?entreg|impossibile (?:recapitare|consegnare|inviare)|non (?:è stato|è stata) (?:recapitat|consegnat)|não (?:foi|pôde|pode)(?: ser)? (?:entreg|enviad)|niet (?:worden )?(?:bezorgd|afgeleverd)|inte (?:att )?leverer|ikke leveres|не (?:был[оаи]? |может быть |удалось |могло быть )?достав|(?:配信|送信|配送|送達|お届け).{0,10}(?:でき|されません|失敗)|不達|宛先不明|退信|退回|(?:无法|未能|無法)(?:送达|送達|投递|投遞|递送|遞送|傳遞|传递)|投递失败|(?:전송|배달|전달).{0,8}(?:실패|못|수 없)|반송/iu;

/** What is said of a mail that arrived, where the sender asked for that (RFC 3461, NOTIFY=SUCCESS). */
const DELIVERED =
  /\(success\)|successful mail delivery|successfully (?:delivered|relayed|sent)|^(?:relayed|delivered): |is complete, but no delivery notification/iu;

/** How a mail may be read as a report: not at all, by the words of a known mail system alone, or also by the general form. */
export type Reading = "none" | "families" | "all";

/**
 * How far a mail may be taken for a report, by who wrote it, by its subject, and by what it says.
 *
 * People quote bounces, and machines that are no mail servers send from nobody and list addresses with reasons (monitors, quarantines,
 * help desks): the less a mail claims to be a report, the more telling must its words be.
 */
export function readingOf(message: Message, opening: string): Reading {
  if (message.report === "delivery-status") return "all";
  const subject = message.subject.trim().slice(0, 200);
  const isStock = STOCK_SUBJECT.test(subject) || STOCK_SUBJECT_ABROAD.test(subject);
  const isSaid = NOT_DELIVERED.test(opening);
  if (!isSaid && DELIVERED.test(opening)) return "none";
  if (namesMailSystem(message)) return isStock || isSaid ? "all" : "families";
  if (isFromList(message)) return "none";
  if (isFromMailSystem(message)) return isStock ? "all" : "families";
  return isStock ? "families" : "none";
}
