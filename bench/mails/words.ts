import { pick, type Random } from "./random.ts";

// Words as they come in business mail. Those of keywords are made of syllables, so that 50,000 of them are all different and still share beginnings and ends
// with the text, which is what an automaton has to deal with.

const ENGLISH =
  `the of and to in a is that for it as was with be by on not he i this are or his from at which but have an had they you were their one all we can her has
  there been if more when will would who so no order invoice delivery customer account payment report attached please find meeting schedule update server
  system service contract offer price project team office response request question regards thank confirm change review document number date total amount
  shipping address support error status urgent reply forward holiday training budget annual quarter manager director department policy security`.split(
    /\s+/,
  );

const JAPANESE =
  "お世話になっております 株式会社 東京支店の佐藤です 本日の会議 資料を添付いたします ご確認のほど よろしくお願いいたします 請求書 納品 見積もり 至急 障害が発生しました 復旧 ｻｰﾊﾞｰ サーバー 再起動 担当者 連絡先 住所変更 お問い合わせ ありがとうございます 月曜日 締め切り 注文番号 在庫 出荷".split(
    " ",
  );

const SYLLABLES =
  "ba be bi bo bu ca ce co da de di do du fa fe fi ga ge go ha he hi la le li lo lu ma me mi mo mu na ne ni no pa pe po ra re ri ro ru sa se si so ta te ti to va ve vi wa za".split(
    " ",
  );

/** English prose of about so many characters, in lines below 78. */
export function english(length: number, random: Random): string {
  return lines(length, () => `${pick(ENGLISH, random)}${random() < 0.08 ? pick([".", ",", ":"], random) : ""} `);
}

/** Japanese prose of about so many characters, in short lines. */
export function japanese(length: number, random: Random): string {
  return lines(length, () => `${pick(JAPANESE, random)}${random() < 0.2 ? "、" : ""}`, 30);
}

function lines(length: number, word: () => string, width = 72): string {
  const done: string[] = [];
  let line = "";
  for (let left = length; left > 0; ) {
    line += word();
    if (line.length < width) continue;
    done.push(line.trimEnd());
    left -= line.length + 2;
    line = "";
  }
  return done.join("\r\n");
}

/** With what Japanese keywords end: words of desks that stand in no text here. */
const ENDINGS = "遅延 停止 解約 返金 苦情 事故 故障 紛失 督促 訴訟".split(" ");

/**
 * So many different words to search for, a tenth of them Japanese. As on a desk, a mail has one of them or none; but the others begin like words of the text.
 */
export function keywords(count: number, random: Random): readonly string[] {
  const found = new Set(["invoice", "outage", "請求書"]);
  while (found.size < count) {
    const isJapanese = found.size % 10 === 9;
    const length = 2 + Math.floor(random() * 3);
    const words = Array.from({ length }, () => pick(isJapanese ? JAPANESE : SYLLABLES, random));
    found.add(words.join("") + (isJapanese ? pick(ENDINGS, random) : ""));
  }
  return [...found];
}
