/** Numbers of the DOS pages that iconv-lite has tables of; the Encoding Standard has 866 alone. */
const DOS_PAGES = [437, 720, 737, 775, 808, 850, 852, 855, 856, 857, 858, 860, 861, 862, 863, 864, 865, 869, 1125];

/** Names of the Macintosh's pages, as iconv-lite has them; the Encoding Standard has Roman and Cyrillic. */
const MAC_PAGES: Readonly<Record<string, string>> = {
  "mac-ce": "maccenteuro",
  "mac-centraleurope": "maccenteuro",
  "mac-centraleurroman": "maccenteuro",
  "mac-croatian": "maccroatian",
  "mac-greek": "macgreek",
  "mac-icelandic": "maciceland",
  "mac-romanian": "macromania",
  "mac-turkish": "macturkish",
  "mac-thai": "macthai",
};

/** One-byte encodings, of DOS and of the Macintosh above all, that the Encoding Standard lacks: what mail calls them, and their name in iconv-lite. */
export const DOS_AND_MAC_PAGES: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    DOS_PAGES.flatMap((page) =>
      [`cp${page}`, `cp-${page}`, `ibm${page}`, `ibm-${page}`, `dos-${page}`, `${page}`].map((name) => [
        name,
        `cp${page}`,
      ]),
    ),
  ),
  pc8codepage437: "cp437",
  pc850multilingual: "cp850",
  cspc8codepage437: "cp437",
  cspc850multilingual: "cp850",
  cspcp852: "cp852",
  ...MAC_PAGES,
  "hp-roman8": "hproman8",
  "koi8-t": "koi8-t",
  tcvn: "tcvn",
  viscii: "viscii",
};
