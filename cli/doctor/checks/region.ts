import { REGIONS_KNOWN_ON, receivesMail } from "../../../shared/receipt/receiving-regions.ts";
import { type Found, ok, warning } from "../finding.ts";

export function checkRegion(region: string): readonly Found[] {
  if (receivesMail(region)) return [ok(`SES receives mail in ${region}`)];
  return [
    warning(
      `it is not known whether SES receives mail in ${region}: it was not on the list of ${REGIONS_KNOWN_ON}`,
      "Where SES receives no mail, the MX record leads nowhere.",
      "https://docs.aws.amazon.com/general/latest/gr/ses.html",
    ),
  ];
}
