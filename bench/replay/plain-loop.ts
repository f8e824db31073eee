import { readdirSync, readFileSync } from "node:fs";
import { simpleParser } from "mailparser";

// What one writes first: every mail of a folder through mailparser, one after the other, and nothing done with it.

const [folder = "."] = process.argv.slice(2);
let mails = 0;
for (const file of readdirSync(folder)) {
  await simpleParser(readFileSync(`${folder}/${file}`));
  mails += 1;
}
console.log(mails);
