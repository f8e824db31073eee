// What a suppression file may ask for.

/** UTF-16 units: room for `MAX_TRUSTED_DOMAINS`. Whatever is larger is the wrong file. */
export const MAX_SUPPRESSION_FILE_LENGTH = 1024 * 1024;

/** Each is compared with the domain of each report. */
export const MAX_TRUSTED_DOMAINS = 1_000;

/**
 * How many bounces or complaints a suppression may take. The newest 200 of a kind are read to judge an address, and an undetermined bounce counts
 * half: with a larger number there would be addresses that no evidence suppresses.
 */
export const MAX_COUNT = 100;

/** One soft bounce never suppresses: it may be an out-of-office reply (SES fact 2.3.1). */
export const MIN_REPEATED_BOUNCES = 2;

/** Days over which bounces are counted. Evidence is kept as long, for each address that ever bounced. */
export const MAX_COUNTED_DAYS = 365;

/** Ten years. Whoever wants more means never. */
export const MAX_EXPIRY_DAYS = 3_650;
