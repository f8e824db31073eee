/** The message id with which SES tries a receipt rule when it is made; the object that it then writes ends in it (SES fact 1.11). */
export const SETUP_ID = "AMAZON_SES_SETUP_NOTIFICATION";
