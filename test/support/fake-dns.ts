import { createSocket, type RemoteInfo } from "node:dgram";

/** Answers of a name server, by what is asked: `MX mail.acme.example`. */
type Answers = Readonly<Record<string, readonly string[]>>;

export interface FakeDns {
  /** `127.0.0.1:port` */
  readonly server: string;
  close(): Promise<void>;
}

const TYPES: Readonly<Record<number, string>> = { 5: "CNAME", 15: "MX", 16: "TXT" };
const NAME_ERROR = 3;
const SERVER_FAILURE = 2;

/**
 * A name server over UDP (RFC 1035) that knows these answers. A name that stands nowhere in them does not exist; `failing.` fails. A text is
 * cut into strings at `|`.
 */
export async function startFakeDns(answers: Answers): Promise<FakeDns> {
  const socket = createSocket("udp4");
  socket.on("message", (query, from: RemoteInfo) => socket.send(reply(query, answers), from.port, from.address));
  await new Promise<void>((resolve) => socket.bind(0, "127.0.0.1", resolve));
  return {
    server: `127.0.0.1:${socket.address().port}`,
    close: () => new Promise((resolve) => socket.close(() => resolve())),
  };
}

function reply(query: Buffer, answers: Answers): Buffer {
  const { name, end } = readName(query, 12);
  const type = TYPES[query.readUInt16BE(end)] ?? "";
  const exists = Object.keys(answers).some((key) => key.endsWith(` ${name}`));
  const records = (answers[`${type} ${name}`] ?? []).map((value) => record(query.readUInt16BE(end), value));
  const header = Buffer.from(query.subarray(0, 12));
  const status = name.startsWith("failing.") ? SERVER_FAILURE : exists ? 0 : NAME_ERROR;
  header.writeUInt16BE(0x8180 | status, 2);
  header.writeUInt16BE(records.length, 6);
  header.writeUInt16BE(0, 10);
  return Buffer.concat([header, query.subarray(12, end + 4), ...records]);
}

/** A record of the name that was asked, which stands at octet 12. */
function record(type: number, value: string): Buffer {
  const data = dataOf(TYPES[type], value);
  const head = Buffer.alloc(12);
  head.writeUInt16BE(0xc00c, 0);
  head.writeUInt16BE(type, 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt32BE(300, 6);
  head.writeUInt16BE(data.length, 10);
  return Buffer.concat([head, data]);
}

function dataOf(type: string | undefined, value: string): Buffer {
  if (type === "TXT") return Buffer.concat(value.split("|").map(counted));
  const [first = "", exchange] = value.split(" ");
  if (exchange === undefined) return nameOf(first);
  const preference = Buffer.alloc(2);
  preference.writeUInt16BE(Number(first));
  return Buffer.concat([preference, nameOf(exchange)]);
}

function nameOf(name: string): Buffer {
  return Buffer.concat([...name.split(".").map(counted), Buffer.from([0])]);
}

function counted(text: string): Buffer {
  return Buffer.concat([Buffer.from([Buffer.byteLength(text)]), Buffer.from(text)]);
}

function readName(message: Buffer, start: number): { readonly name: string; readonly end: number } {
  const labels: string[] = [];
  let at = start;
  for (let length = message.readUInt8(at); length > 0; length = message.readUInt8(at)) {
    labels.push(message.toString("latin1", at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join(".").toLowerCase(), end: at + 1 };
}
