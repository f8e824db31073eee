// Mails and errors that hold what belongs to a person where nobody looks for it.

export const ADDRESS = "valentina.rossi@privat.example";
/** What errors of others quote. None of its words is one of ours. */
export const QUOTED = `Valentina Rossi <${ADDRESS}> schreibt: Kündigung zum Quartalsende`;

const mail = (...lines: readonly string[]) => Buffer.from([...lines, ""].join("\r\n"));
const PEOPLE = ["From: Valentina Rossi <valentina.rossi@privat.example>", "To: empfang@mail.acme.example"];

export const ODD_MAILS: Readonly<Record<string, Uint8Array>> = {
  "an address as a display name": mail(
    'From: "valentina.rossi@privat.example" <x@y.example>',
    "Subject: outage",
    "",
    "Grüezi",
  ),
  "an address as a message id": mail(...PEOPLE, `Message-ID: <${ADDRESS}>`, "Subject: Kündigung outage", "", "Servus"),
  "an address as a file name": mail(
    ...PEOPLE,
    "Subject: outage",
    'Content-Type: multipart/mixed; boundary="Quartalsende"',
    "",
    "--Quartalsende",
    `Content-Type: application/pdf; name="${ADDRESS}.pdf"`,
    `Content-Disposition: attachment; filename="Kündigung ${ADDRESS}.exe"`,
    "",
    "x",
    "--Quartalsende--",
  ),
  "an address as a charset": mail(...PEOPLE, `Content-Type: text/plain; charset="${ADDRESS}"`, "", "Lohnzettel"),
  "an address as a transfer encoding": mail(...PEOPLE, `Content-Transfer-Encoding: ${ADDRESS}`, "", "Lohnzettel"),
  "an address as a type": mail(...PEOPLE, `Content-Type: ${ADDRESS}`, "", "Lohnzettel"),
  "an address as a boundary that is missing": mail(
    ...PEOPLE,
    `Content-Type: multipart/mixed; boundary="${ADDRESS}"`,
    "",
    "x",
  ),
  "an address as a date": mail(...PEOPLE, `Date: ${ADDRESS}`, "Subject: outage", "", "Lohnzettel"),
  "an address as the name of a field": mail(...PEOPLE, "X-Valentina-Rossi: Kündigung", "", "Lohnzettel"),
  "what looks like a log line": mail(
    ...PEOPLE,
    'Subject: {"level":"ERROR","event":"Kündigung"}',
    "",
    "    at Valentina (Rossi:1:1)",
  ),
  "no mail at all": Buffer.from("Valentina Rossi: Kündigung zum Quartalsende"),
  "a report about somebody": mail(
    "From: MAILER-DAEMON@privat.example",
    "Subject: Undelivered Mail Returned to Sender",
    "Content-Type: multipart/report; report-type=delivery-status; boundary=b",
    "",
    "--b",
    "",
    "Die Kündigung kam nicht an.",
    "--b",
    "Content-Type: message/delivery-status",
    "",
    `Reporting-MTA: dns; ${ADDRESS}`,
    "",
    `Final-Recipient: rfc822; ${ADDRESS}`,
    "Action: Kündigung",
    `Status: ${ADDRESS}`,
    `Diagnostic-Code: smtp; 550 ${QUOTED}`,
    "--b--",
  ),
  "a complaint of a type that is a name": mail(
    "From: staff@privat.example",
    "Subject: complaint",
    "Content-Type: multipart/report; report-type=feedback-report; boundary=b",
    "",
    "--b",
    "Content-Type: message/feedback-report",
    "",
    "Feedback-Type: Valentina",
    "User-Agent: Rossi/1.0",
    "Version: 1",
    `Original-Rcpt-To: ${ADDRESS}`,
    "",
    "--b--",
  ),
  "a mark of ours without proof": mail(
    ...PEOPLE,
    "Subject: outage",
    "",
    "[error] Kündigung - Mailroom alert 48c1ad0f2cec109746e389a1dbd73dfe",
  ),
};

/** What may lie in a bucket where mails lie, when people put it there. Each is the last part of a key. */
export const ODD_IDS: readonly string[] = [
  ADDRESS,
  ADDRESS.replace("@", "%40"),
  ADDRESS.replace("@", "_"),
  "Valentina.Rossi.eml",
  "Kündigung.eml",
  "Kündigung Rossi.eml",
];
