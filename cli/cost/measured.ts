/**
 * What process-mail needs, as measured on 2026-11-24: the handler under Node 24.21.0 (x64, heap limited to 384 MB) on one core of an AMD EPYC, called with
 * SES's event of one mail after another; S3, SNS and DynamoDB were HTTP servers of another process; rules of samples/rules.yml; `process.cpuUsage` around each
 * call, the first five of each kind left out. Of the kinds of a size the dearest mean counts.
 */
export const MEASURED = {
  date: "2026-11-24",
  machine: "one core of an AMD EPYC, Node 24.21",
  /** Milliseconds of CPU by bytes of a mail: the mails of samples/mail but many-parts.eml, HTML with text up to 1 MB, one attachment above. */
  cpu: [
    { size: 2_400, ms: 5.4 },
    { size: 75_000, ms: 16.5 },
    { size: 255_000, ms: 22 },
    { size: 1_054_000, ms: 102 },
    { size: 10_474_000, ms: 185 },
    { size: 40_916_000, ms: 521 },
  ],
  /** Write units: two writes of the mail's entry, together 3 KB; one of an alert's mark. */
  writes: { mail: 3, alert: 1 },
  /** Bytes that a mail leaves in the log: 630 to 700 were measured. Lambda's own lines were not, and are what is left. */
  logged: 1_000,
} as const;

/** Milliseconds. Assumed, since nothing but AWS itself can tell: 15 for each of three calls, one after the other (S3 once, DynamoDB twice). */
export const ASSUMED_WAITING = 45;

/** Megabytes that come with one whole core (SES fact 6.2). One thread uses no more than that. */
const MEMORY_OF_A_CORE = 1_769;

/** Milliseconds of CPU for a mail of this size: on the line between the two sizes measured beside it. */
export function cpuOf(size: number): number {
  const [first, ...rest] = MEASURED.cpu;
  let below: { readonly size: number; readonly ms: number } = first;
  for (const above of rest) {
    if (size <= below.size) break;
    if (size <= above.size) return below.ms + ((size - below.size) / (above.size - below.size)) * (above.ms - below.ms);
    below = above;
  }
  return below.ms;
}

/** Milliseconds of a run of a function with this memory (megabytes), of which Lambda gives CPU in proportion. */
export function durationOf(size: number, memory: number): number {
  return Math.ceil(cpuOf(size) / Math.min(1, memory / MEMORY_OF_A_CORE) + ASSUMED_WAITING);
}
