import type { TextReason } from "./text-reasons.ts";

/** What is wrong with the recipient, then with the way there. */
export const RECEIVING_REASONS: readonly TextReason[] = [
  {
    reason: "mailboxFull",
    says: `
      mailbox full; mailbox is full; mailbox…|full|; mail box full; mailbox_full; mailfolder is full
      inbox is full; inbox full; account is full; user is full; |quota; overquota; over-quota; out of storage
      exceeded storage; storage allocation; storage limit; storage space; storage full; not enough storage
      not enough disk space; insufficient…space; insufficient storage; not enough space; not enough room
      mailbox size limit; mailbox exceeds; mailbox has exceeded; mailbox would exceed; mailbox…limit
      maildir over; delivery failed: over; mailbox…exceed; postfach…voll; postfach ist überfüllt; speicherplatz
      boîte…pleine; boite…pleine; buzón…lleno; buzon…lleno; casilla…agotado; casella…piena; caixa…cheia
      переполнен; メールボックス…一杯; メールボックス…いっぱい; 容量を超え; 容量がいっぱい; 容量オーバー`,
    family: "everyone; German, French, Spanish, Italian, Portuguese, Russian, Japanese",
  },
  {
    reason: "filtered",
    says: `
      refused by recipient; refused by the recipient; blocked by the recipient; blocked by recipient
      rejected by the recipient; rejected by recipient; recipient refused; recipient has refused
      recipient's mail filter; due to recipient preferences; driven by recipient; recipient does not accept
      recipient only accepts; doesn't accept mail from; does not accept mail from; not accepting mail from
      not accepting messages from; blocked sender list; we will not accept; restricted to accept
      message filter; user reject; user has blocked; has chosen not to; rejected by the domain owner; 受信拒否
      受信者…拒否; 指定受信`,
    family: "the recipient's own filter: Exchange, Verizon, Japanese carriers",
  },
  {
    reason: "hasMoved",
    says: `
      user has moved; has moved to; recipient has moved; no longer on server; has changed…address
      address has changed; address changed; moved to a new; new e-mail address; new email address`,
    family: "Apple, Sendmail (551), forwarding services",
  },
  {
    reason: "suspended",
    says: `
      suspend; account…disabled; mailbox…disabled; user…disabled; address…disabled; recipient…disabled
      is disabled; inactive; not active; deactivated; frozen; account…locked; mailbox…locked; account…closed
      account…blocked; mailbox…blocked; account…discontinued; account is not available; account expired
      account has expired; not currently being accepted; temporarily disabled; permanently disabled; not in use
      unavailable account; 利用停止; アカウント…停止; заблокирован; gesperrt; deaktiviert; désactivé`,
    family: "Yahoo, i.ua, Mail.Ru, au, Gmail; German, French, Japanese, Russian",
  },
  {
    reason: "hostUnknown",
    says: `
      host unknown; unknown host; host not found; domain not found; domain does not exist
      domain name not found; domain doesn't exist; name or service not known; nxdomain; no such domain
      no such host; unrouteable; unroutable; any host named; no mx; nullmx; null mx; mx lookup; mx record
      name service error; name server; dns error; dns lookup; dns query; dns failure; dns problem
      invalid domain; illegal host; unknown domain; domain isn't; domain unknown; unresolvable; no route for
      mail exchanger; bad domain; domain…not exist; domain…couldn't be found; all relevant mx
      host…cannot be found`,
    family: "Postfix, Sendmail, Exim, qmail, OpenSMTPD, Gmail, Messaging Server",
  },
  {
    reason: "userUnknown",
    says: `
      user unknown; unknown user; no such user; user not found; user doesn't; user is unknown; not a valid user
      invalid user; unknown local; unknown recipient; recipient unknown; recipient not found; recipientnotfound
      recipnotfound; recipient invalid; invalid recipient; invalid address; invalid mailbox; no such recipient
      no such address; no such mailbox; no such person; no such account; no such email; no such local
      no mailbox; no account by that; no recipient; mailbox unavailable; mailbox not found; mailbox unknown
      mailbox is unavailable; mailbox not available; unknown mailbox; address unknown; unknown address
      unknown e-mail; unknown email
      address not found; address doesn't; address no longer; address invalid; address wasn't found
      address was not found; addressee unknown; bad address; bad destination; undeliverable address
      unknown or illegal; illegal alias; not listed in; not our customer; no longer valid; no longer available
      no longer in use; no longer active; no longer exist; no longer accept; no longer employed; no longer with
      not known at this; not exist; doesn't exist; couldn't be found; unable to find; couldn't find…recipient
      recipient address rejected: access denied; recipient address rejected: undeliverable
      recipient verify failed; recipient verification failed; |ofr_416; destinataire invalide
      destinataire inconnu; utilisateur inconnu; n'existe pas; adresse invalide; unbekannt; existiert nicht
      nicht gefunden; usuario desconocido; no existe; não existe; desconhecido; utente sconosciuto; non esiste
      не существует; не найден; 存在しま; 存在しない; 見つかりま; 見つからな; 宛先不明; ユーザ不明; user is not
      can't find user; not a known user; email address…not found; sorry, no`,
    family: "everyone; French, German, Spanish, Portuguese, Italian, Russian, Japanese",
  },
  {
    reason: "expired",
    says: `
      retry time; retry limit; retry count; message expired; delivery expired; delivery time expired
      queue.expired; envelope expired; message too old; queue too long; queue lifetime; been in the queue
      could not be delivered for; could not be delivered within; unable to deliver in; unable to deliver this message after; failed…attempts
      message timed out; giving up after; given up after; time-out for delivery; stopped trying
      not been delivered; was not delivered within; has expired; delivery timed out; 期限`,
    family: "given up after retries: Exim, Exchange, IronPort, OpenSMTPD, IMail, SES",
  },
  {
    reason: "networkError",
    says: `
      connection refused; connection reset; connection dropped; connection closed; connection died
      connection lost; lost connection; connection failed; connection failure; connect to; connection to
      timed out; timeout; time out; no route to host; unable to connect; could not connect; couldn't connect
      cannot connect; can't connect; did not accept our requests; did not respond; not responding; socket error
      unreachable; not reachable; network error; smtp connection; conversation with; i wasn't able to establish`,
    family: "Postfix, Sendmail, Gmail, qmail, Exchange",
  },
];

/** Words that many use for anything: they count where nothing else tells. */
export const VAGUE_REASONS: readonly TextReason[] = [
  {
    reason: "systemError",
    says: `
      system error; internal error; server error; local error; i/o error; input/output; system config
      configuration error; can't create; cannot create; could not create; lookup error; lookup failure
      temporary failure; temporary error; temporary local; temporary problem; temporary server
      temporarily unavailable; service unavailable; service not available; service currently unavailable
      resources temporarily; unable to write; can't open; cannot open; command died; system not
      not accepting network messages; other mail system problem; try again later; try later; database; |ldap`,
    family: "Sendmail, Postfix pipes, Exim, Exchange",
  },
  {
    reason: "blocked",
    says: `
      |blocked|`,
    family: "Proofpoint, Tencent: without a word about what is blocked",
  },
  {
    reason: "policy",
    says: `
      policy; relay; not permitted; access to this system; not authorized; not authorised; unauthorized
      authentication required; unauthenticated; permission; prohibited; not allowed; administrative; starttls
      |tls; security; compliance; denied; too many recipients; rejected; refused; forbidden; 拒否`,
    family: "anyone, about anything: the last row",
  },
];
