import { lazy, memo } from "../lazy.ts";
import type { Attachment, Message } from "../message/message.ts";
import type { Receipt } from "../receipt/receipt.ts";
import { type Address, readAddress } from "./conditions/address-pattern.ts";
import { type Place, searchKeywords, searchPatterns } from "./find-terms.ts";
import type { SearchTerms } from "./search-terms.ts";
import { attachmentsOf, partsOf, sourcesOf, type TextSource } from "./text-fields.ts";
import type { TextField } from "./vocabulary.ts";

/** A keyword or pattern that was found in a field. */
export interface Found extends Place {
  readonly field: TextField;
}

export type AddressField = "from" | "to" | "recipient" | "mailFrom";

/** A mail while rules run over it. Each of its texts is searched when a rule first asks for it, and once. */
export interface SearchedMail {
  readonly message: Message;
  readonly receipt: Receipt;
  addresses(field: AddressField): readonly Address[];
  /** Those of attached messages too. */
  attachments(): readonly Attachment[];
  /** The values of a header, by its name in any case. */
  headerValues(name: string): readonly string[];
  /** Keywords of a list that stand in these fields: in each field the first place of each. */
  foundOfList(list: number, fields: readonly TextField[]): readonly Found[];
  /** In each of these fields the first place of a pattern. */
  foundOfPattern(pattern: number, fields: readonly TextField[]): readonly Found[];
  /** Whether a text was longer than patterns see, of those that were searched so far. */
  patternTextCut(): boolean;
}

export function createSearchedMail(
  mail: { readonly message: Message; readonly receipt: Receipt },
  terms: SearchTerms,
): SearchedMail {
  const { message, receipt } = mail;
  const headers = lazy(() => Map.groupBy(message.headers, ({ name }) => name));
  const parts = memo((source: TextSource) => partsOf(source, message));
  const lists = memo((source: TextSource) => searchKeywords(terms, parts(source)));
  let cut = false;
  const patterns = memo((field: TextField) =>
    memo((source: TextSource) => {
      const ofField = terms.patternsOf.get(field);
      if (ofField === undefined) return new Map<number, Place>();
      const found = searchPatterns(ofField, parts(source));
      cut ||= found.cut;
      return found.places;
    }),
  );
  return {
    message,
    receipt,
    addresses: memo((field) => ADDRESSES[field](mail).map(readAddress)),
    attachments: lazy(() => attachmentsOf(message)),
    headerValues: (name) =>
      headers()
        .get(name.toLowerCase())
        ?.map(({ value }) => value) ?? [],
    foundOfList: (list, fields) =>
      sourcesOf(fields, message).flatMap(
        ({ field, source }) =>
          lists(source)
            .get(list)
            ?.map((place) => ({ ...place, field })) ?? [],
      ),
    foundOfPattern: (pattern, fields) =>
      sourcesOf(fields, message).flatMap(({ field, source }) => {
        const place = patterns(field)(source).get(pattern);
        return place ? [{ ...place, field }] : [];
      }),
    patternTextCut: () => cut,
  };
}

const ADDRESSES: Readonly<Record<AddressField, (mail: { message: Message; receipt: Receipt }) => readonly string[]>> = {
  from: ({ message }) => message.from.map(({ address }) => address),
  to: ({ message }) => [...message.to, ...message.cc].map(({ address }) => address),
  // SES delivers to all of them, those in Bcc too: never only the first.
  recipient: ({ receipt }) => receipt.envelope.recipients,
  mailFrom: ({ receipt }) => [receipt.envelope.mailFrom],
};
