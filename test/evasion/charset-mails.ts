import { ENVELOPE, encodedWords, mailOf, multipartMail, partOf, rawMail } from "../support/raw-mails.ts";
import { type Evasion, evasionsIn } from "./evasion.ts";

const hex = (bytes: string) => Buffer.from(bytes, "hex");

/** 「本日午前九時よりメールサーバーで障害が発生しております。復旧までお待ちください。」 */
const JAPANESE = {
  shiftJis: hex(
    "967b93fa8cdf914f8be38e9e82e682e88381815b838b8354815b836f815b82c58fe18a5182aa94ad90b682b582c482a882e882dc82b78142959c8b8c82dc82c582a891d282bf82ad82be82b382a28142",
  ),
  iso2022: hex(
    "1b24424b5c467c3861413036653b7e2468246a2561213c256b2535213c2550213c24473e633332242c482f403824372446242a246a245e24392123497c356c245e2447242a42542441242f24402435242421231b2842",
  ),
  eucJp: hex(
    "cbdcc6fcb8e1c1b0b6e5bbfea4e8a4eaa5e1a1bca5eba5b5a1bca5d0a1bca4c7bee3b3b2a4acc8afc0b8a4b7a4c6a4aaa4eaa4dea4b9a1a3c9fcb5eca4dea4c7a4aac2d4a4c1a4afa4c0a4b5a4a4a1a3",
  ),
} as const;
const SUBJECT_2022 = hex("1b24423e6333321b2842");

/** What a charset that is not declared, or a wrong one, can do. */
export const hiddenByCharsets: readonly Evasion[] = [
  ...evasionsIn("text", [
    ["trap 2, undeclared ISO-2022-JP", mailOf(JAPANESE.iso2022, "text/plain"), "障害", "障害"],
    [
      "ISO-2022-JP that is declared us-ascii",
      mailOf(JAPANESE.iso2022, "text/plain; charset=us-ascii", "7bit"),
      "障害",
      "障害",
    ],
    ["trap 2, undeclared Shift_JIS", mailOf(JAPANESE.shiftJis, "text/plain"), "障害", "障害"],
    ["Shift_JIS that is declared UTF-8", mailOf(JAPANESE.shiftJis), "障害", "障害"],
    ["Shift_JIS that is declared us-ascii", mailOf(JAPANESE.shiftJis, "text/plain; charset=us-ascii"), "障害", "障害"],
    [
      "half-width katakana with dakuten in Shift_JIS",
      mailOf(hex("bbb0cadeb0c0deb3dd"), "text/plain; charset=shift_jis"),
      "ｻｰﾊﾞｰﾀﾞｳﾝ",
      "サーバーダウン",
    ],
    ["undeclared EUC-JP", mailOf(JAPANESE.eucJp, "text/plain"), "障害", "障害"],
    ["undeclared UTF-8", mailOf("大障害発生", "text/plain"), "障害", "障害"],
    ["trap 2, an unknown label", mailOf("大障害発生", "text/plain; charset=default_charset"), "障害", "障害"],
    ["UTF-8 that is declared iso-8859-1", mailOf("大障害発生", "text/plain; charset=iso-8859-1"), "障害", "障害"],
    ["a byte order mark of UTF-16", mailOf(Buffer.from("\ufeffAn outage", "utf16le"), "text/plain", "binary")],
    ["an undeclared part of a mail", multipartMail("mixed", [partOf("text/plain", JAPANESE.shiftJis)]), "障害", "障害"],
  ]),
  ...evasionsIn("html", [
    [
      "a charset that only the html names",
      mailOf(Buffer.concat([Buffer.from('<meta charset="shift_jis"><p>'), JAPANESE.shiftJis]), "text/html"),
      "障害",
      "障害",
    ],
  ]),
  ...evasionsIn("subject", [
    ["raw ISO-2022-JP in the subject", rawMail({ ...ENVELOPE, Subject: SUBJECT_2022 }), "障害", "障害"],
    [
      "raw EUC-JP in the subject",
      rawMail({ ...ENVELOPE, Subject: JAPANESE.eucJp, "Content-Type": "text/plain; charset=euc-jp" }),
      "障害",
      "障害",
    ],
    [
      "encoded words in ISO-2022-JP",
      rawMail({ ...ENVELOPE, Subject: encodedWords(SUBJECT_2022, "B", 99, "iso-2022-jp") }),
      "障害",
      "障害",
    ],
    [
      "encoded words of UTF-8 that say iso-8859-1",
      rawMail({ ...ENVELOPE, Subject: encodedWords("障害", "B", 99, "iso-8859-1") }),
      "障害",
      "障害",
    ],
  ]),
];
