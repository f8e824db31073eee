import { describe, expect, test } from "vitest";
import { encodingOf } from "../../shared/message/charset-labels.ts";

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
