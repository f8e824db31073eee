import { lazy } from "../lazy.ts";
import { versionOf } from "../packed-file.ts";
import type { Clock, Log, RulesSource } from "../ports.ts";
import type { RulesFile } from "../rules/rules-file.ts";
import { errorFields } from "./error-fields.ts";

/** Milliseconds that rules are in force before it is asked whether there are others. */
const MAX_AGE = 60_000;

/** The same as long as the source could not be read at all: until then this process and others may not go by the same rules. */
const MAX_AGE_UNREAD = 5_000;

/** A version of the rules that cannot be used, and why. */
export interface BrokenRules {
  /** Where it lies. */
  readonly url: string;
  readonly eTag: string;
  readonly error: unknown;
}

export interface CurrentRulesPorts<Ready> {
  readonly source: RulesSource;
  /** Where that is, for a person. */
  readonly url: string;
  /** The rules that were deployed with the function: in force until others were read. */
  readonly bundled: RulesFile;
  /** Reads and checks the text of a rules file, or rejects. */
  readonly check: (text: string) => Promise<RulesFile>;
  /** Makes of rules what the function works with. */
  readonly prepare: (rules: RulesFile) => Ready;
  readonly clock: Clock;
  readonly log: Log;
  /** Is called at every look, as long as the source has no rules that can be used, has them no more, or cannot be read. */
  readonly onBroken?: (() => void) | undefined;
  /** Tells the operator of a broken version, once. When it rejects, it is called again at the next look. */
  readonly tellOperator?: ((broken: BrokenRules) => Promise<unknown>) | undefined;
}

/**
 * Gives the rules that are in force whenever it is asked, and looks at most once a minute whether there are others. Never rejects: a version that is
 * broken, missing or cannot be read leaves the last good one in force. A process that has none yet looks for it among the earlier ones, so that all
 * processes go by the same.
 */
export function createCurrentRules<Ready>(ports: CurrentRulesPorts<Ready>): () => Promise<Ready> {
  const { source, url, check, prepare, clock, log, onBroken, tellOperator } = ports;
  const told = new Set<string>();
  let current = lazy(() => prepare(ports.bundled));
  /** Whether they are of the source; `undefined`: it is not known yet whether any of its versions is good. */
  let isOfSource: boolean | undefined;
  /** The ETag of what was read last; `undefined`: there is nothing to be read. */
  let known: string | undefined;
  let broken: BrokenRules | undefined;
  let lookedAt = Number.NEGATIVE_INFINITY;
  let looking: Promise<void> | undefined;

  async function look(): Promise<void> {
    try {
      const reading = await source.read(known);
      if (reading.kind === "read") await take(reading);
      else if (reading.kind === "missing") {
        [known, broken] = [undefined, undefined];
        log.warn("rules missing, the last good ones stay in force");
      }
      const isInOrder = known !== undefined && broken === undefined;
      if (!isInOrder && isOfSource === undefined) await lookBack();
      if (broken !== undefined || (!isInOrder && isOfSource)) onBroken?.();
    } catch (error) {
      log.error("rules not read, the last good ones stay in force", errorFields(error));
      onBroken?.();
    }
    if (broken !== undefined) await tellOnce(broken);
  }

  async function take({ text, eTag }: { readonly text: string; readonly eTag: string }): Promise<void> {
    known = eTag;
    try {
      putInForce(await check(text));
      broken = undefined;
    } catch (error) {
      broken = { url, eTag, error };
      log.error("rules broken, the last good ones stay in force", errorFields(error));
    }
  }

  async function lookBack(): Promise<void> {
    for await (const { id: versionId, text } of source.earlier()) {
      try {
        putInForce(await check(text), { versionId });
        return;
      } catch (error) {
        log.warn("earlier rules broken", { versionId, ...errorFields(error) });
      }
    }
    isOfSource = false;
  }

  function putInForce(rules: RulesFile, which: { readonly versionId?: string } = {}): void {
    const next = prepare(rules);
    current = () => next;
    isOfSource = true;
    log.info("rules read", { rulesVersion: versionOf(rules), rules: rules.rules.length, ...which });
  }

  async function tellOnce(version: BrokenRules): Promise<void> {
    if (tellOperator === undefined || told.has(version.eTag)) return;
    try {
      await tellOperator(version);
      told.add(version.eTag);
    } catch (error) {
      log.error("operator not told of broken rules", errorFields(error));
    }
  }

  return async () => {
    const now = Date.parse(clock.now());
    if (looking === undefined && now - lookedAt >= (isOfSource === undefined ? MAX_AGE_UNREAD : MAX_AGE)) {
      lookedAt = now;
      looking = look().finally(() => {
        looking = undefined;
      });
    }
    await looking;
    return current();
  };
}
