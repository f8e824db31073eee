/** Letters of a language beyond ASCII, the most frequent first, and the one-byte encodings that its mail is written in. */
export interface Alphabet {
  /** RFC 5646 primary subtags of the languages that are written so. */
  readonly languages: string;
  readonly encodings: readonly string[];
  readonly letters: string;
  /** A script of its own: a word has its letters or ASCII's, not both. */
  readonly script: boolean;
}

const latin = (languages: string, letters: string, ...encodings: string[]): Alphabet => ({
  languages,
  encodings,
  letters,
  script: false,
});
const script = (languages: string, letters: string, ...encodings: string[]): Alphabet => ({
  languages,
  encodings,
  letters,
  script: true,
});

/** Earlier ones win ties. */
export const ALPHABETS: readonly Alphabet[] = [
  latin("de nl", "üäöéß", "windows-1252", "macintosh", "cp850"),
  latin("fr", "éèàêçôâùîûœëï", "windows-1252", "macintosh", "cp850"),
  latin("es ca", "óáíñéúüàç", "windows-1252", "cp850"),
  latin("pt gl", "ãçáéíõóêâúàô", "windows-1252", "cp850"),
  latin("it", "àèùòéìîó", "windows-1252"),
  latin("sv fi da nb nn no", "äåöæøéü", "windows-1252", "macintosh", "cp850"),
  latin("pl", "ąęłóżśćńź", "windows-1250", "iso-8859-2"),
  latin("cs sk", "íáéěýžščřůúóťňďľĺŕô", "windows-1250", "iso-8859-2", "cp852"),
  latin("hu", "áéőóöíűüú", "windows-1250", "iso-8859-2"),
  latin("hr sl bs", "čšžćđ", "windows-1250", "iso-8859-2"),
  latin("ro", "ăîâţşșț", "windows-1250", "iso-8859-2", "iso-8859-16"),
  latin("tr az", "ıüşçğöİâ", "windows-1254"),
  latin("lt lv et", "ėšžąčįųūęāīēņļģķõäöü", "windows-1257"),
  latin("vi", "đăâêôơư\u0300\u0301\u0303\u0309\u0323áàéèíóúùý", "windows-1258"),
  script(
    "ru be",
    "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфёъ",
    "windows-1251",
    "koi8-r",
    "ibm866",
    "iso-8859-5",
    "x-mac-cyrillic",
  ),
  script("uk", "оаиніретвлксудпмзяьгйбчхцїжюшфщєґ", "windows-1251", "koi8-u", "iso-8859-5"),
  script("bg mk sr", "аоиетнрсвлкдпмзуъбгчщяжцйхюшфјњљџћђ", "windows-1251", "iso-8859-5"),
  script("el", "αοιετνσηρπκμλυωςόίάέγδήθχφύώβξζψϊϋΐΰ", "windows-1253", "iso-8859-7"),
  script("he yi", "יוהלאתרםשמנבחקןדפגעכטסצזךףץ", "windows-1255"),
  script("ar fa ur", "اليمنترةوهبدسعفكقحأجشصخطىإذضئغزثءظآؤ،؟", "windows-1256", "iso-8859-6"),
  script("th", "านรอกเงมยลวดทตสคปหบขแจพชผใถธไโซศณญษภฐฟฉฏ่้ัิีุู็์าำะึื", "windows-874"),
];

/** Encodings that mail has less often than others of the same letters: the evidence that they need besides. */
export const RARE: Readonly<Record<string, number>> = {
  cp850: 2,
  cp852: 2,
  "x-mac-cyrillic": 1.5,
  ibm866: 1,
  "iso-8859-5": 1,
  "iso-8859-6": 1,
  "iso-8859-16": 2,
  macintosh: 2,
  "windows-1255": 0.5,
  "windows-1257": 1,
  "windows-1258": 1,
  "windows-874": 1,
};
