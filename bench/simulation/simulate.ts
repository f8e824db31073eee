import { environments } from "./environments.ts";
import { eventQueue } from "./event-queue.ts";
import { backOffOf, type Mail, mailsOf } from "./mail.ts";
import { type Gauges, gauges, type Outcome, outcomeOf } from "./outcome.ts";
import { type Scenario, UNITS } from "./scenario.ts";
import { services } from "./services.ts";
import { waitingLine } from "./waiting-line.ts";

/** Lets mail arrive for the span of a scenario, and tells what came of it. The same scenario has the same outcome. */
export function simulate(scenario: Scenario): Outcome {
  return new Simulation(scenario).run();
}

/** What happens to a mail next. */
type Step = "arrive" | "begin" | "publish" | "settle" | "finish" | "fail";

class Simulation {
  readonly #scenario: Scenario;
  readonly #events = eventQueue<{ readonly step: Step; readonly mail: Mail } | "room">();
  readonly #gauged: Gauges = gauges();
  readonly #pool;
  readonly #services;
  readonly #nextMail;
  readonly #backOff;
  readonly #line = waitingLine();
  /** Mails that have not run yet. */
  readonly #waiting = new Set<Mail>();
  #roomIsAwaited = false;

  constructor(scenario: Scenario) {
    this.#scenario = scenario;
    this.#pool = environments(scenario.lambda);
    this.#services = services(scenario, this.#gauged);
    this.#nextMail = mailsOf(scenario);
    this.#backOff = backOffOf(scenario);
  }

  run(): Outcome {
    const { span, lambda } = this.#scenario;
    this.#expectOne(0);
    // What would happen later is running or waiting at the end.
    for (let next = this.#events.take(); next !== undefined && next.at <= span; next = this.#events.take()) {
      if (next.event === "room") this.#roomIsAwaited = false;
      else this[next.event.step](next.at, next.event.mail);
      this.#callIn(next.at);
    }
    for (const mail of this.#waiting) this.#gauged.wait.add(span - mail.arrivedAt);
    return outcomeOf(span, this.#gauged, { concurrency: lambda.concurrency, pool: this.#pool, ...this.#services });
  }

  arrive(now: number, mail: Mail): void {
    this.#gauged.counts.arrived++;
    this.#gauged.arrivals.add(now);
    this.#gauged.inSystem.change(now, 1);
    this.#waiting.add(mail);
    this.#expectOne(now);
    this.begin(now, mail);
  }

  begin(now: number, mail: Mail): void {
    const { waiting, maxAge } = this.#scenario.lambda;
    if (now - mail.arrivedAt > maxAge) {
      this.#giveUp(now, mail);
      return;
    }
    const isFirst = waiting === "retry" || this.#line.first() === undefined;
    if (isFirst && this.#runs(now, mail)) return;
    if (mail.throttles++ === 0) this.#gauged.counts.throttled++;
    if (waiting === "queue") this.#line.join(mail);
    else this.#put(now + this.#backOff(mail), "begin", mail);
  }

  publish(now: number, mail: Mail): void {
    const { patience } = this.#scenario.sns;
    const marked = this.#services.write(now, mail, UNITS.mark);
    const published = marked === undefined ? undefined : this.#services.publish(now);
    if (marked === undefined || published === undefined) {
      this.#put(now + patience, "fail", mail);
      return;
    }
    const at = now + Math.max(marked, published);
    this.#gauged.alertLatency.add(at - mail.arrivedAt);
    mail.hasAlerted = true;
    this.#put(at, "settle", mail);
  }

  settle(now: number, mail: Mail): void {
    const written = this.#services.write(now, mail, UNITS.settle);
    if (written === undefined) this.#put(now + this.#scenario.dynamo.patience, "fail", mail);
    else this.#put(now + written + mail.work.after, "finish", mail);
  }

  finish(now: number, mail: Mail): void {
    this.#pool.release(now);
    this.#gauged.counts.done++;
    this.#gauged.timeInSystem.add(now - mail.arrivedAt);
    this.#gauged.inSystem.change(now, -1);
  }

  /** The run ends in an error, and Lambda tries the event again. */
  fail(now: number, mail: Mail): void {
    const wait = this.#scenario.lambda.afterError[mail.failures++];
    this.#pool.release(now);
    this.#gauged.counts.failed++;
    if (wait === undefined) this.#giveUp(now, mail);
    else this.#put(now + wait, "begin", mail);
  }

  /** Begins a run of a mail, where there is room for one. */
  #runs(now: number, mail: Mail): boolean {
    const granted = this.#pool.take(now);
    if (granted !== "warm" && granted !== "cold") return false;
    if (this.#waiting.delete(mail)) this.#gauged.wait.add(now - mail.arrivedAt);
    this.#gauged.counts.runs++;
    if (granted === "cold") this.#gauged.counts.coldStarts++;
    const started = now + (granted === "cold" ? this.#scenario.lambda.coldStart : 0);
    this.#gauged.reads.add(started);
    const claimed = this.#services.write(now, mail, UNITS.claim);
    if (claimed === undefined) this.#put(started + this.#scenario.dynamo.patience, "fail", mail);
    else this.#put(started + claimed + mail.work.before, this.#nextStep(mail), mail);
    return true;
  }

  #nextStep({ work, hasAlerted }: Mail): Step {
    return work.alerts && !hasAlerted ? "publish" : "settle";
  }

  #giveUp(now: number, mail: Mail): void {
    if (this.#waiting.delete(mail)) this.#gauged.wait.add(now - mail.arrivedAt);
    this.#gauged.counts.givenUp++;
    this.#gauged.inSystem.change(now, -1);
  }

  /** Runs mails of the line for as long as there is room. */
  #callIn(now: number): void {
    for (let mail = this.#line.first(); mail !== undefined; mail = this.#line.first()) {
      const isTooOld = now - mail.arrivedAt > this.#scenario.lambda.maxAge;
      if (isTooOld) this.#giveUp(now, mail);
      else if (!this.#runs(now, mail)) break;
      this.#line.leave();
    }
    if (this.#line.first() !== undefined) this.#awaitRoom(now);
  }

  /** Room by a run that ends comes with its event; room to grow comes with time alone. */
  #awaitRoom(now: number): void {
    const at = this.#pool.nextAt(now);
    if (this.#roomIsAwaited || at <= now) return;
    this.#roomIsAwaited = true;
    this.#events.put(at, "room");
  }

  #expectOne(after: number): void {
    const mail = this.#nextMail(after);
    if (mail !== undefined) this.#put(mail.arrivedAt, "arrive", mail);
  }

  #put(at: number, step: Step, mail: Mail): void {
    this.#events.put(at, { step, mail });
  }
}
