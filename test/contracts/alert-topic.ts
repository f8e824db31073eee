import { describe, expect, onTestFinished, test } from "vitest";
import type { AlertTopic } from "../../shared/ports.ts";
import { alertOf } from "../support/alerts.ts";

export interface AlertTopicHarness {
  /** Knows the topics `oncall` and `default`. */
  readonly topic: AlertTopic;
  /** What has arrived, by the topic's short name, in order within each topic. */
  published(): Promise<readonly { readonly topic: string; readonly id: string }[]>;
  close(): Promise<void> | void;
}

const HOSTILE = `\u001b[2J"\\\r\nSPF: PASS\u2028\u202e\ud83d🔥障害\uffff`;

/** What every alert topic does. */
export function alertTopicContract(name: string, start: () => Promise<AlertTopicHarness>): void {
  async function harness(): Promise<AlertTopicHarness> {
    const started = await start();
    onTestFinished(() => started.close());
    return started;
  }

  /** Alerts about as many mails, all of the same topic. */
  function alerts(count: number, parts: Parameters<typeof alertOf>[0] = {}) {
    return Array.from({ length: count }, (_, i) => alertOf({ sesMessageId: `mail${i}`, ...parts }));
  }

  describe(`an alert topic: ${name}`, () => {
    test("publishes nothing when there is nothing to publish", async () => {
      const { topic, published } = await harness();
      await topic.publish([]);
      expect(await published()).toEqual([]);
    });

    test("publishes each alert to the topic that it names", async () => {
      const { topic, published } = await harness();
      const outage = alertOf({ rule: "outage", topic: "oncall" });
      const invoice = alertOf({ rule: "invoice", topic: "default" });
      const again = alertOf({ rule: "database", topic: "oncall" });
      await topic.publish([outage, invoice, again]);
      const all = await published();
      expect(all.filter(({ topic }) => topic === "oncall").map(({ id }) => id)).toEqual([outage.id, again.id]);
      expect(all.filter(({ topic }) => topic === "default").map(({ id }) => id)).toEqual([invoice.id]);
    });

    test.each([1, 10, 11, 25])("publishes %i alerts of one call, each once", async (count) => {
      const { topic, published } = await harness();
      const sent = alerts(count);
      await topic.publish(sent);
      expect((await published()).map(({ id }) => id).sort()).toEqual(sent.map(({ id }) => id).sort());
    });

    test("publishes alerts about very large mails, which do not fit into one call together", async () => {
      const { topic, published } = await harness();
      const long = "障害".repeat(500);
      const because = Array.from({ length: 50 }, () => ({
        field: "subject",
        keyword: "障害",
        start: 0,
        end: 2,
        excerpt: long,
        excerptStart: 0,
        excerptEnd: 2,
      }));
      const sent = alerts(6, { subject: long, because });
      await topic.publish(sent);
      expect(await published()).toHaveLength(6);
    });

    test("publishes what a hostile mail says without failing over it", async () => {
      const { topic, published } = await harness();
      const hostile = alertOf({
        subject: HOSTILE,
        from: [{ name: HOSTILE, address: HOSTILE }],
        envelope: { mailFrom: HOSTILE, recipients: [HOSTILE, `a@${HOSTILE}`] },
        because: [
          { field: "subject", keyword: "障害", start: 0, end: 2, excerpt: HOSTILE, excerptStart: 0, excerptEnd: 1 },
        ],
        raw: HOSTILE,
      });
      await topic.publish([hostile]);
      expect(await published()).toEqual([{ topic: "oncall", id: hostile.id }]);
    });

    test("the same alert published again arrives again or not at all, and never fails", async () => {
      const { topic, published } = await harness();
      const alert = alertOf();
      await topic.publish([alert]);
      await topic.publish([alert]);
      expect(new Set((await published()).map(({ id }) => id))).toEqual(new Set([alert.id]));
    });

    test("two equal alerts in one call do not get in each other's way", async () => {
      const { topic, published } = await harness();
      await topic.publish([alertOf(), alertOf()]);
      expect(new Set((await published()).map(({ id }) => id)).size).toBe(1);
    });
  });
}
