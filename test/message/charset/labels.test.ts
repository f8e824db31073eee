import { describe, expect, test } from "vitest";
import { encodingOf } from "../../../shared/message/charset/labels.ts";

describe("trap 2, labels: each names the encoding that mail means by it", () => {
  test.each([
    [
      "utf-8",
      "UTF-8",
      ' "utf8" ',
      "utf_8",
      "unicode-1-1-utf-8",
      "default_charset",
      "default",
      "unknown-8bit",
      "x-unknown",
    ],
    [
      "windows-1252",
      "ISO-8859-1",
      "iso8859_1",
      "iso_8859-1",
      "latin-1",
      "latin1",
      "ansi",
      "cp1252",
      "cp-1252",
      "8859-1",
    ],
    ["us-ascii", "us-ascii", "US_ASCII", "ascii", "ANSI_X3.4-1968", "iso646-us", "7bit"],
    [
      "shift_jis",
      "Shift_JIS",
      "shift-jis",
      "x-sjis",
      "sjis",
      "cp932",
      "cp-932",
      "ms932",
      "windows-31j",
      "ms_kanji",
      "x-mac-japanese",
    ],
    ["euc-jp", "EUC-JP", "x-euc-jp", "eucJP-ms", "Extended_UNIX_Code_Packed_Format_for_Japanese", "cp51932"],
    ["iso-2022-jp", "ISO-2022-JP", "csISO2022JP", "iso-2022-jp-2", "ISO-2022-JP-MS", "cp50220", "cp50221", "jis"],
    ["gbk", "gb2312", "GB_2312-80", "gbk", "x-gbk", "gbk2312", "cp936", "euc-cn"],
    ["gb18030", "gb18030", "GB18030-2005"],
    ["big5", "Big5", "big5-hkscs", "x-x-big5", "cp950"],
    ["euc-kr", "euc-kr", "ks_c_5601-1987", "ks_c_5601", "KSC5601", "x-windows-949", "windows-949", "cp949", "uhc"],
    ["koi8-r", "KOI8-R", "koi8"],
    ["koi8-u", "koi8-u", "koi8-ru"],
    ["windows-1251", "windows_1251", "cp1251", "win-1251"],
    ["windows-1254", "iso-8859-9", "latin5"],
    ["windows-874", "tis-620", "iso-8859-11"],
    ["macintosh", "macintosh", "x-mac-roman", "mac"],
    ["utf-16le", "utf-16", "utf-16le", "unicode"],
    ["utf-7", "utf-7", "UNICODE-1-1-UTF-7", "csUnicode11UTF7"],
    ["hz-gb-2312", "hz-gb-2312", "HZ"],
    ["iso-2022-kr", "iso-2022-kr", "csISO2022KR"],
    ["iso-2022-cn", "iso-2022-cn"],
    ["johab", "johab", "cp1361"],
    ["cp437", "cp437", "ibm437", "437", "cspc8codepage437"],
    ["cp850", "cp850", "cp-850", "ibm850"],
    ["cp852", "cp852", "ibm-852"],
    ["ibm866", "cp866", "ibm866"],
    ["maccenteuro", "x-mac-ce", "x-mac-centraleurroman"],
  ])("%s", (encoding, ...labels) => {
    expect(labels.map((label) => [label, encodingOf(label)])).toEqual(labels.map((label) => [label, encoding]));
  });

  test.each([
    ["shift_jis", "ShiftJIS", "s-jis", "mskanji", "shiftjis2004", "932"],
    ["iso-2022-jp", "iso2022_jp", "ISO2022JP-2", "iso2022jp_ext"],
    ["iso-2022-kr", "iso2022-kr", "ISO2022KR"],
    ["euc-jp", "u-jis", "eucjis2004"],
    ["euc-kr", "KS-C-5601-1987", "ks_x_1001", "949"],
    ["gbk", "gb2312-80", "eucgb2312-cn", "936"],
    ["big5", "hkscs", "big5_tw", "ms950"],
    ["hz-gb-2312", "hz-gb", "HZ_GB"],
    ["utf-16le", "utf16", "U16"],
    ["utf-8", "u8", "cp65001"],
    ["utf-7", "u7"],
    ["iso-8859-5", "iso_8859-5-1988", "ISO_8859_5_1988"],
    ["iso-8859-13", "latin7", "l7"],
    ["iso-8859-14", "iso-celtic", "latin8"],
    ["iso-8859-16", "ISO8859-16", "iso8859_16", "latin10"],
    ["windows-1251", "1251", "ibm1251"],
    ["windows-874", "TIS620", "tis-620-2529-1", "iso-ir-166"],
    ["cp857", "csIBM857", "IBM-857"],
    ["cp775", "csPC775Baltic"],
    ["x-mac-cyrillic", "mac-cyrillic", "MacCyrillic"],
    ["maccenteuro", "mac_latin2", "maccentraleurope"],
    ["macturkish", "MacTurkish"],
    ["maciceland", "mac_iceland"],
  ])("%s by other spellings, which Python takes too", (encoding, ...labels) => {
    expect(labels.map((label) => [label, encodingOf(label)])).toEqual(labels.map((label) => [label, encoding]));
  });

  test.each(["klingon", "", "iso-8859-99", "constructor", "__proto__", "base64", "hex", "replacement"])(
    "%j is none",
    (label) => {
      expect(encodingOf(label)).toBeUndefined();
    },
  );

  test("a label of a megabyte is looked at in its beginning", () => {
    expect(encodingOf(`utf-8${" ".repeat(2 ** 20)}`)).toBe("utf-8");
  });
});
