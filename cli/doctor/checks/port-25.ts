import { type Found, info } from "../finding.ts";

/** SES fact 4.2. Nothing can be asked for it: the note is for whoever is about to send. */
export function notePort25(): readonly Found[] {
  return [
    info(
      "to send by SMTP, connect to SES on port 587, 465 or 2587",
      "The outbound port 25 is closed on EC2 and in Lambda by default: connections to it hang until they time out.",
    ),
  ];
}
