import { composeEmail } from "../alerts/email-form.ts";
import type { AlertTopic } from "../ports.ts";
import { plainLine } from "../text/plain-line.ts";

/** Longer than any name of a topic. */
const MAX_TOPIC_UNITS = 100;

/**
 * Alerts as text on a terminal, each as its e-mail subscribers would read it, with a bar in front of every line.
 *
 * Terminal sequences of a mail never arrive here: the e-mail form has no control characters but its own line ends.
 *
 * @param writeLine called once a line, without a line end
 */
export function terminalAlerts(writeLine: (line: string) => void): AlertTopic {
  return {
    async publish(alerts) {
      for (const alert of alerts) {
        writeLine(`┌ to topic ${plainLine(alert.topic, MAX_TOPIC_UNITS)}`);
        for (const line of composeEmail(alert).trimEnd().split("\n")) writeLine(`│ ${line}`.trimEnd());
        writeLine("└");
      }
    },
  };
}
