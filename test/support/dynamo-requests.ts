import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";

interface Sent {
  readonly operation: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Every request of this client from now on, as it goes over the wire. */
export function requestsOf(client: DynamoDBClient): readonly Sent[] {
  const sent: Sent[] = [];
  client.middlewareStack.add(
    (next, context) => (args) => {
      const { body } = args.request as { readonly body: string };
      sent.push({ operation: String(context["commandName"]), body: JSON.parse(body) as Sent["body"] });
      return next(args);
    },
    { step: "finalizeRequest" },
  );
  return sent;
}
