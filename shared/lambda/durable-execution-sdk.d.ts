// @middy/core's types name a package that it does not bring along. Mailroom uses no durable functions.
declare module "@aws/durable-execution-sdk-js" {
  export type DurableContext = never;
}
