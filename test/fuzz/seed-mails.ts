import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const TEST = join(import.meta.dirname, "..");
const FOLDERS = [join(TEST, "../samples/mail"), join(TEST, "feedback/reports"), join(TEST, "corpus")];

const SMALL = [
  "",
  "Subject: s\n\ntext\n",
  'Content-Type: multipart/mixed; boundary="b"\n\n--b\n\na\n--b\nContent-Type: text/html\n\n<b>c</b>\n--b--\n',
  "Content-Type: text/plain; charset=iso-2022-jp\n\n\x1b$B>c32\x1b(B\n",
  "Subject: =?utf-8?B?6Zqc5a6z?= =?iso-2022-jp?B?GyRCPmMzMhsoQg==?=\nContent-Transfer-Encoding: base64\n\n6Zqc5a6z\n",
  "Content-Type: text/plain; format=flowed\n\n> a \n> b\n\nbegin 644 a.txt\n#86)C\n`\nend\n",
  "Content-Type: application/octet-stream; name*0*=utf-8''%E9%9A; name*1*=%9C.zip\nContent-Transfer-Encoding: base64\n\neJ8+IgEG\n",
];

/** Mails to change, as latin1: a byte a character. The smallest come first, since a failure is made smaller towards them. */
export const SEED_MAILS: readonly string[] = [...SMALL, ...FOLDERS.flatMap(mailsIn)].sort(
  (a, b) => a.length - b.length,
);

function mailsIn(folder: string): readonly string[] {
  const files = readdirSync(folder).filter((file) => file.endsWith(".eml"));
  return files.map((file) => readFileSync(join(folder, file), "latin1"));
}
