import { type Found, ok, warning } from "../finding.ts";

/** Regions in which SES receives mail (SES fact 1.2). */
const RECEIVING = new Set(
  `us-east-1 us-east-2 us-west-1 us-west-2 af-south-1 ap-southeast-3 ap-south-1 ap-northeast-1 ap-northeast-2 ap-northeast-3 ap-southeast-1
  ap-southeast-2 ca-central-1 eu-central-1 eu-west-1 eu-west-2 eu-west-3 eu-north-1 eu-south-1 il-central-1 me-south-1 sa-east-1`.split(
    /\s+/,
  ),
);

/** When the list was true. It grows: a region that is not on it is no error. */
const KNOWN_ON = "2026-11-24";

export function checkRegion(region: string): readonly Found[] {
  if (RECEIVING.has(region)) return [ok(`SES receives mail in ${region}`)];
  return [
    warning(
      `it is not known whether SES receives mail in ${region}: it was not on the list of ${KNOWN_ON}`,
      "Where SES receives no mail, the MX record leads nowhere.",
      "https://docs.aws.amazon.com/general/latest/gr/ses.html",
    ),
  ];
}
