/** Labels seen in mail that the WHATWG Encoding Standard does not know, and what they mean. */
const LABELS: Readonly<Record<string, string>> = {
  "8bit": "utf-8",
  "ansi_x3.110-1983": "windows-1252",
  "cp-850": "windows-1252",
  cp932: "shift_jis",
  cp936: "gbk",
  cp949: "euc-kr",
  cp950: "big5",
  "cp-1252": "windows-1252",
  default: "utf-8",
  default_charset: "utf-8",
  extended_unix_code_packed_format_for_japanese: "euc-jp",
  eucjp: "euc-jp",
  "gb18030-2022": "gb18030",
  "iso-2022-jp-1": "iso-2022-jp",
  "iso-2022-jp-2": "iso-2022-jp",
  "iso-2022-jp-3": "iso-2022-jp",
  "iso-2022-jp-ms": "iso-2022-jp",
  cp50220: "iso-2022-jp",
  cp50221: "iso-2022-jp",
  cp50222: "iso-2022-jp",
  "iso-8859-1-windows-3.0-latin-1": "windows-1252",
  "iso-10646-utf-8": "utf-8",
  "iso-8859-8-e": "iso-8859-8",
  "shift-jis-2004": "shift_jis",
  "sjis-win": "shift_jis",
  "unicode-1-1-utf-8": "utf-8",
  unknown: "utf-8",
  "unknown-8bit": "utf-8",
  "utf-8mb4": "utf-8",
  utf: "utf-8",
  utf8mb4: "utf-8",
  "x-unknown": "utf-8",
};

/** Labels that were asked for, known or not: finding out that nobody knows one costs an exception. */
const asked = new Map<string, string | undefined>();
const MAX_ASKED = 1_000;

/** The encoding that a charset label names, in the words of the WHATWG Encoding Standard; `undefined` when nobody knows it. */
export function encodingOf(label: string): string | undefined {
  const key = label.slice(0, 80);
  if (asked.has(key)) return asked.get(key);
  const encoding = findEncoding(key);
  if (asked.size < MAX_ASKED) asked.set(key, encoding);
  return encoding;
}

function findEncoding(label: string): string | undefined {
  const cleaned = label
    .trim()
    .toLowerCase()
    .replace(/^["']|["']$/g, "");
  for (const candidate of [cleaned, cleaned.replace(/^x-/, "").replaceAll("_", "-")]) {
    try {
      return new TextDecoder(LABELS[candidate] ?? candidate).encoding;
    } catch {
      // Not a label of the standard: try the next spelling.
    }
  }
  return undefined;
}
