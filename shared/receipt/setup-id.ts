/** The message id with which SES tries a receipt rule when it is made; it is the last part of the key of the object that it then writes (SES fact 1.11). */
export const SETUP_ID = "AMAZON_SES_SETUP_NOTIFICATION";
