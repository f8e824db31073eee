import type { TextReason } from "./text-reasons.ts";

/** What is wrong with the mail, and with who sends it. */
export const SENDING_REASONS: readonly TextReason[] = [
  {
    reason: "virusDetected",
    says: `
      virus found; virus detected; contains a virus; contains virus; virus infected; infected with; malware
      |eicar|`,
    family: "content filters (Amavis, ClamAV), large providers",
  },
  {
    reason: "systemError",
    says: `
      too many hops; hop count; mail loop; mail forwarding loop; loops back to; loop detected; routing loop
      message is looping; mail for…loops`,
    family: "loops: Sendmail, Postfix, Exchange, qmail, Exim",
  },
  {
    reason: "systemError",
    says: `
      no space left on device; file system full; filesystem full; |disk full; disk is full
      insufficient system storage; insufficient system resources; insufficient disk space; out of memory`,
    family: "the server's own disk: Postfix, Sendmail, Exchange",
  },
  {
    reason: "authFailure",
    says: `
      dmarc; |dkim|; |spf|; sender policy framework; authentication checks
      does not have authentication information; unauthenticated email; unauthenticated mail
      email is not authenticated; sender id (pra); purported responsible; |arc validation`,
    family: "Gmail, Yahoo, Microsoft, Tencent, policy daemons",
  },
  {
    reason: "tooLarge",
    says: `
      message size exceed; exceeds size limit; message too large; message is too large; message too big
      message is too big; mail too big; maximum message size; message file too big; message length exceeds
      larger than the; larger than…limit; size limit exceeded; message exceeds…size; exceed…maximum…message
      message size limit; fixed maximum; message is larger; nachricht ist zu gro; message trop
      サイズが大きすぎ; サイズ制限`,
    family: "Postfix, Sendmail, Exchange, Gmail; German, French, Japanese",
  },
  {
    reason: "rateLimited",
    says: `
      rate limit; rate-limit; ratelimit; rate that prevents; throttl; temporarily deferred; temporarily rate
      connection rate; sending rate; message rate; unusual rate; too quickly; too many connections
      too many concurrent; too many messages; too many sessions; too many emails; too many mails
      too many simultaneous; too frequent; too fast; too much mail; exceeded…connections; greylist; graylist
      grey-list; gray-list; grey listed; frequency limit; hourly…limit; daily…limit; daily…quota
      maximum…connections; connection limit; max connections`,
    family: "Yahoo (TS0x), Gmail, Postfix anvil, postgrey, Tencent",
  },
  {
    reason: "policy",
    says: `
      sender address; domain of sender; sender domain; sender's domain; senders domain; sender verify
      sender rejected; invalid sender; bad sender; sender denied; sender refused; unroutable sender
      sender verification; verify sender; verify the sender; your envelope sender; from: domain is invalid
      from domain; helo command rejected; helo name; helo hostname; invalid helo; bad helo; ehlo name
      policy restriction; return path; not permitted to send; mail from…does not exist`,
    family: "the sender is refused, not the recipient: Sendmail, Postfix, Exim callouts, GMX",
  },
  {
    reason: "blocked",
    says: `
      blacklist; black list; block list; blocklist; block-list; blackhole; dnsbl; |rbl; spamhaus; spamcop
      |sorbs|; barracudacentral; uceprotect; |listed at; |listed by; is listed; currently listed; listed in dns
      listed on; reputation; |ptr|; reverse dns; reverse-dns; |rdns; reverse lookup; reverse hostname
      client host; blocked using; ip address…blocked; your ip; ip is blocked; ip blocked; banned; dynamic ip
      dynamic address; dialup; messages from…weren't sent; network is on our; bad ip
      connections from your host; your host…blocked; cannot find your hostname; your server…blocked
      |blocked - see; sending mta; no access from mail server; connection…not accepted from
      connections not accepted; refused connect from; connection rejected`,
    family: "blocklists, Microsoft, Proofpoint, Cloudmark, Yahoo, Comcast, Apple",
  },
  {
    reason: "contentRejected",
    says: `
      |spam; unsolicited; junk mail; phishing; bulk mail; message content; content rejected; content denied
      content block; content filter; content restriction; rejected due to content; security issue
      this message…blocked because; attachment; executable; prohibited file; rejected…content
      header error; invalid header; malformed; rfc 2822; rfc 5322; rfc2822; rfc5322; rfc 822; not rfc
      multiple…addresses in from; duplicate header; bare lf; bare newline; suspicious; message looks like
      |ofr_506; |ofr_513; 迷惑メール; message refused by content; mail rejete; cloudmark; rejected by…filter`,
    family: "spam and content filters: SpamAssassin, Gmail, Orange, 1&1, AOL, Barracuda",
  },
];
