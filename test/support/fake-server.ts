import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";

type Answer = (request: IncomingMessage, body: Buffer, response: ServerResponse) => void;

interface FakeServer {
  readonly endpoint: string;
  close(): Promise<void>;
}

/** An HTTP server on a free port of 127.0.0.1. A mistake of the fake itself answers 500 with its message, so that a test shows it. */
export async function startFakeServer(answer: Answer): Promise<FakeServer> {
  const server = createServer((request, response) => {
    buffer(request)
      .then((body) => answer(request, body, response))
      .catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}

/** A service of AWS, as far as tests need it. */
export interface FakeService<Client, Config> extends FakeServer {
  /** A real client of the SDK that talks to this server. It is closed with the server. */
  client(config?: Partial<Config>): Client;
}

/** @param connect makes a client of the SDK */
export async function startFakeService<Client extends { destroy(): void }, Config extends object>(
  answer: Answer,
  connect: (config: Partial<Config>) => Client,
): Promise<FakeService<Client, Config>> {
  const { endpoint, close } = await startFakeServer(answer);
  const clients: Client[] = [];
  return {
    endpoint,
    client(config = {}) {
      const credentials = { accessKeyId: "test", secretAccessKey: "test" };
      const client = connect({ endpoint, region: "eu-west-1", credentials, ...config });
      clients.push(client);
      return client;
    },
    async close() {
      for (const client of clients) client.destroy();
      await close();
    },
  };
}

/** Escapes what XML 1.0 can hold; a test's keys and ids hold nothing else. */
export function xmlText(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** A list of prepared failures: each is used up `times` times (once unless told), oldest first. */
export function createFaults<Fault extends { readonly times?: number }>() {
  const waiting: { fault: Fault; left: number }[] = [];
  return {
    add(fault: Fault): void {
      waiting.push({ fault, left: fault.times ?? 1 });
    },
    take(fits: (fault: Fault) => boolean): Fault | undefined {
      const found = waiting.find(({ fault, left }) => left > 0 && fits(fault));
      if (found) found.left -= 1;
      return found?.fault;
    },
  };
}
