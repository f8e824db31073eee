import type { Message } from "../../message/message.ts";
import { isFromList, isFromMailSystem, namesMailSystem } from "../mail-system.ts";
import { anyPhrase } from "../phrases.ts";
import { hasReportSubject } from "../report-subject.ts";

/** How reports say that a mail did not arrive, a row a language. */
const SAYINGS = {
  English: String.raw`
    undeliver
    unable to (?:deliver|send|reach)
    fail(?:ed|ure)? (?:to deliver|to send|permanently|in delivering)
    deliver(?:y|ing)?(?: to)?(?: \w{1,12}){0,4} (?:failed|failure|delayed|aborted|unsuccessful|error|problem)
    (?:(?:could|can|was|were|is|has|have|did|will|do)(?:n't| ?not))(?: yet)?(?: be| been)?(?: \w{1,12})? ?(?:deliver|reach|sent\b|send\b|receive)
    not (?:been )?delivered
    (?:fatal|delivery) errors
    error (?:occurred|delivering)
    failed (?:address|recipient)
    trouble delivering
    returned to (?:you|sender)
    was blocked by
    automatically rejected
    transcript of (?:the )?session`,
  German: "nicht (?:zugestellt|zustellen|ausgeliefert|übermittelt|erreich)\n zustellung .{0,40}fehlgeschlagen",
  French: `pas (?:pu )?(?:être |été )?(?:remis|distribué|délivré|livré|acheminé|envoyé)
    [ée]chec de la (?:remise|distribution)`,
  Spanish: String.raw`no (?:se )?(?:pudo|ha podido|puede|ha sido|fue)(?: ser)? (?:\w{1,12} )?entreg`,
  Italian: "impossibile (?:recapitare|consegnare|inviare)\n non (?:è stato|è stata) (?:recapitat|consegnat)",
  Portuguese: "não (?:foi|pôde|pode)(?: ser)? (?:entreg|enviad)",
  Dutch: "niet (?:worden )?(?:bezorgd|afgeleverd)",
  Swedish: "inte (?:att )?leverer",
  Danish: "ikke leveres",
  Russian: "не (?:был[оаи]? |может быть |удалось |могло быть )?достав",
  Japanese: "(?:配信|送信|配送|送達|届け).{0,10}(?:でき|されません|失敗)\n 不達\n 宛先不明",
  Chinese: "退信\n 退回\n (?:无法|未能|無法)(?:送达|送達|投递|投遞|递送|遞送|傳遞|传递)\n 投递失败",
  Korean: "(?:전송|배달|전달).{0,8}(?:실패|못|수 없)\n 반송",
};

export const NOT_DELIVERED = new RegExp(anyPhrase(SAYINGS), "iu");

/** What is said of a mail that arrived, where the sender asked for that (RFC 3461, NOTIFY=SUCCESS). */
const DELIVERED =
  /\(success\)|successful mail delivery|successfully (?:delivered|relayed|sent)|^(?:relayed|delivered): |is complete, but no delivery notification/iu;

/** How a mail may be read as a report: not at all, by the words of a known mail system alone, or also by the general form. */
export type Reading = "none" | "families" | "all";

/** Whether a mail claims to report anything, by its header alone: all others are none, whatever their text says. */
export function claimsToReport(message: Message): boolean {
  return namesMailSystem(message) || (!isFromList(message) && (isFromMailSystem(message) || hasReportSubject(message)));
}

/**
 * How far a mail that claims to report may be taken for a report, by who wrote it, by its subject, and by what it says.
 *
 * People quote bounces, and machines that are no mail servers send from nobody and list addresses with reasons (monitors, quarantines,
 * help desks): the less a mail claims to be a report, the more telling must its words be.
 */
export function readingOf(message: Message, opening: string): Reading {
  if (message.report === "delivery-status") return "all";
  const isSaid = NOT_DELIVERED.test(opening);
  if (!isSaid && DELIVERED.test(opening)) return "none";
  const isTitled = hasReportSubject(message);
  if (namesMailSystem(message)) return isTitled || isSaid ? "all" : "families";
  return isTitled && isFromMailSystem(message) ? "all" : "families";
}
