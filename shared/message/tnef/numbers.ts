/** MS-OXTNEF section 2.1.3.1: little-endian, like all numbers in it. */
export const SIGNATURE = 0x223e9f78;

/** The attributes that we read (MS-OXTNEF section 2.1.3.3). */
export const ATTRIBUTE = {
  codePage: 0x00069007,
  body: 0x0002800c,
  messageProperties: 0x00069003,
  /** With it each attachment begins. */
  attachmentRendering: 0x00069002,
  attachmentTitle: 0x00018010,
  attachmentData: 0x0006800f,
  attachmentProperties: 0x00069005,
} as const;

/** The properties that we read (MS-OXPROPS). */
export const PROPERTY = {
  body: 0x1000,
  bodyHtml: 0x1013,
  attachData: 0x3701,
  displayName: 0x3001,
  attachFilename: 0x3704,
  attachLongFilename: 0x3707,
  attachMimeTag: 0x370e,
} as const;

/** The one that counts first. */
export const NAME_PROPERTIES: readonly number[] = [
  PROPERTY.attachLongFilename,
  PROPERTY.attachFilename,
  PROPERTY.displayName,
];

/** IID_IMessage: 00020307-0000-0000-C000-000000000046. */
export const MESSAGE_INTERFACE = Buffer.from("0703020000000000c000000000000046", "hex");
