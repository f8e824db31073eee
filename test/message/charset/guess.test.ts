import fc from "fast-check";
import iconv from "iconv-lite";
import { describe, expect, test } from "vitest";
import { leniently } from "../../../shared/message/charset/decoders.ts";
import { guessEncoding } from "../../../shared/message/charset/guess.ts";

/** Subjects and sentences as people write them, in the encodings of their language. */
const WRITTEN: readonly (readonly [text: string, ...encodings: string[]])[] = [
  ["障害のお知らせ", "shift_jis", "euc-jp"],
  ["請求書の件", "shift_jis", "euc-jp"],
  ["ﾊﾞｯｸｱｯﾌﾟ 完了のお知らせ", "shift_jis"],
  ["Re: 会議の予定について", "shift_jis", "euc-jp"],
  ["系统故障通知", "gb18030"],
  ["您的订单已经发货", "gb18030"],
  ["系統故障通知", "big5"],
  ["您的訂單已經出貨", "big5"],
  ["장애 알림", "euc-kr"],
  ["주문이 접수되었습니다", "euc-kr"],
  ["Счёт на оплату", "koi8-r", "windows-1251", "ibm866", "iso-8859-5"],
  ["СРОЧНО: сбой сервера", "koi8-r", "windows-1251"],
  ["Ваше замовлення прийнято, дякуємо", "koi8-u", "windows-1251"],
  ["Bestätigung für Müller", "windows-1252"],
  ["Votre commande a été expédiée", "windows-1252"],
  ["¡Atención! Información sobre su pedido", "windows-1252"],
  ["It’s here – the “summer” sale", "windows-1252"],
  ["Only £97 or 49¢ a day", "windows-1252"],
  ["Potwierdzenie zamówienia, prosimy o płatność", "windows-1250", "iso-8859-2"],
  ["Příliš žluťoučký kůň úpěl ďábelské ódy", "windows-1250", "iso-8859-2"],
  ["Sürgős: a kiszolgáló nem működik", "windows-1250", "iso-8859-2"],
  ["Siparişiniz kargoya verildi, teşekkürler", "windows-1254"],
  ["Η παραγγελία σας έχει σταλεί", "windows-1253", "iso-8859-7"],
  ["ההזמנה שלך נשלחה בהצלחה, תודה רבה", "windows-1255"],
  ["تم إرسال طلبك بنجاح", "windows-1256"],
  ["คำสั่งซื้อของคุณได้รับการยืนยันแล้ว", "windows-874"],
].map(([text = "", ...encodings]) => [text, ...encodings] as const);

describe("trap 2, raw 8-bit text (GB18030, windows-1252, KOI8-R, …): a guess finds the text again", () => {
  test.each(WRITTEN.flatMap(([text, ...encodings]) => encodings.map((encoding) => [encoding, text] as const)))(
    "%s: %s",
    (encoding, text) => {
      const bytes = iconv.encode(text, encoding);
      expect(iconv.decode(bytes, guessEncoding(bytes))).toBe(text);
    },
  );
});

describe("short text that may be two things is decided by what the mail names elsewhere", () => {
  test.each([
    ["\xf1\xe5\xec", ["windows-1251"], "windows-1251"],
    ["\xf1\xe5\xec", ["he"], "windows-1255"],
    ["\xf1\xe5\xec", ["he-IL"], "windows-1255"],
    ["\x8f\xe1\x8aQ", ["iso-2022-jp"], "shift_jis"],
    ["\xb8\xeb", ["gb2312"], "gb18030"],
    ["\xb8\xeb", ["zh-TW"], "big5"],
    ["\xb8\xeb", ["zh_cn"], "gb18030"],
    ["\xb8\xeb", ["iso-2022-kr"], "euc-kr"],
    ["\xe8", ["cs"], "windows-1250"],
    ["\xe8", [], "windows-1252"],
    ["\xe8", ["utf-8", "klingon", ""], "windows-1252"],
  ])("%j with %j: %s", (latin1, likely, encoding) => {
    expect(guessEncoding(Buffer.from(latin1, "latin1"), likely)).toBe(encoding);
  });

  test("a hint that is wrong does not change a sentence", () => {
    const bytes = iconv.encode("Срочно: сервер не отвечает", "koi8-r");
    expect(guessEncoding(bytes, ["ja", "windows-1252", "windows-1251"])).toBe("koi8-r");
  });
});

describe("signs in English text are no letters of another language", () => {
  test.each(["\xa0\xa0 *** All \xa0\xa0\xa0 You\xa0 In", "a \x95 b", "caf\xe9", "\xa9 Example Ltd \xae", "5\xb0"])(
    "%j",
    (latin1) => {
      expect(guessEncoding(Buffer.from(latin1, "latin1"))).toBe("windows-1252");
    },
  );
});

test("a long text is known by what stands around its 8-bit bytes, wherever they are", () => {
  const bytes = iconv.encode(`${"plain English, ".repeat(10_000)}Срочно: сервер не отвечает`, "koi8-r");
  expect(guessEncoding(bytes)).toBe("koi8-r");
});

test("any bytes give an encoding that they can be read in, the same each time", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 3000 }), (bytes) => {
      const encoding = guessEncoding(bytes);
      expect(typeof leniently(bytes, encoding)).toBe("string");
      expect(guessEncoding(bytes)).toBe(encoding);
    }),
  );
});
