// What SES tells of complaints is recorded as what it tells of bounces is: both kinds may come by one topic. It is a function of its own so that it can
// have its own alarms, and its own queue.
export { handler } from "./record-bounce.ts";
