/** Regions in which SES receives mail (SES fact 1.2). */
const RECEIVING = new Set(
  `us-east-1 us-east-2 us-west-1 us-west-2 af-south-1 ap-southeast-3 ap-south-1 ap-northeast-1 ap-northeast-2 ap-northeast-3 ap-southeast-1
  ap-southeast-2 ca-central-1 eu-central-1 eu-west-1 eu-west-2 eu-west-3 eu-north-1 eu-south-1 il-central-1 me-south-1 sa-east-1`.split(
    /\s+/,
  ),
);

/** When the list was true. It grows: a region that is not on it is no error. */
export const REGIONS_KNOWN_ON = "2026-11-24";

/** Whether SES was known to receive mail in a region; `false` may be out of date. */
export function receivesMail(region: string): boolean {
  return RECEIVING.has(region);
}
