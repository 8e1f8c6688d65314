import { parseArn } from "../../core/arn.ts";
import type { TankContext } from "../../core/context.ts";
import type { Engine, ResourceSummary, Scope } from "../../core/service.ts";
import { Scoped } from "../../core/store.ts";
import { deadLetterQueueMissing, messageTooLong, queueExists, queueNotFound } from "./errors.ts";
import { waitForMessages } from "./long-polling.ts";
import { type Draft, type Message, sizeOf } from "./model/message.ts";
import { Queue, type Received } from "./model/queue.ts";
import { changedSettings, differing } from "./model/settings.ts";

/** How often queues look for messages that are too old. */
const RETENTION_SWEEP_MS = 60_000;

/** The queues of every account and region. */
export class SqsEngine implements Engine {
  readonly #context: TankContext;
  readonly #endpointUrl: () => string;
  readonly #queues = new Scoped(() => new Map<string, Queue>());
  #lifetime = new AbortController();
  #sweep: Disposable | undefined;

  /** @param options `endpointUrl`: the tank's own address, which queues' URLs start with */
  constructor(context: TankContext, { endpointUrl }: { endpointUrl: () => string }) {
    this.#context = context;
    this.#endpointUrl = endpointUrl;
  }

  async start(): Promise<void> {
    const { clock } = this.#context;
    this.#sweep = clock.every(RETENTION_SWEEP_MS, () => {
      for (const queue of this.#all()) queue.expire(clock.now());
    });
  }

  async stop(): Promise<void> {
    this.#sweep?.[Symbol.dispose]();
    this.#lifetime.abort();
  }

  reset(): void {
    this.#lifetime.abort();
    this.#lifetime = new AbortController();
    this.#queues.clear();
  }

  describe(): ResourceSummary[] {
    return this.#all().map(({ name }) => ({ type: "queue", name, state: "" }));
  }

  /** A queue that is there already is given back when it has the same attributes. */
  create(
    scope: Scope,
    {
      name,
      attributes,
      tags,
    }: {
      name: string;
      attributes: Readonly<Record<string, string>>;
      tags: Readonly<Record<string, string>>;
    },
  ): Queue {
    const queues = this.#queues.of(scope);
    const known = queues.get(name);
    if (known) {
      const different = differing(known.settings, attributes);
      if (different !== undefined) throw queueExists(different);
      return known;
    }
    const settings = changedSettings(attributes);
    const at = this.#context.clock.now();
    const queue = new Queue({ scope, name, settings, tags, at });
    this.#assertDeadLetterQueue(queue);
    // DIFFERS: AWS refuses the name of a queue that was deleted within the last minute.
    queues.set(name, queue);
    return queue;
  }

  change(queue: Queue, attributes: Readonly<Record<string, string>>): void {
    const before = queue.settings;
    queue.settings = changedSettings(attributes, before.attributes);
    try {
      this.#assertDeadLetterQueue(queue);
    } catch (error) {
      queue.settings = before;
      throw error;
    }
    queue.modifiedAt = this.#context.clock.now();
    queue.changed();
  }

  delete(queue: Queue): void {
    this.#queues.of(queue.scope).delete(queue.name);
    queue.changed();
  }

  /**
   * The queue behind a URL: account and name are its last two parts, whatever address it starts with.
   * DIFFERS: on AWS the host names the region; here the caller's counts. A mere name will do too.
   */
  queue(url: string, { accountId, region }: Scope): Queue {
    const [name = "", account = accountId] = url.replace(/\/+$/, "").split("/").reverse();
    const owner = /^\d{12}$/.test(account) ? account : accountId;
    const queue = this.find(name, { accountId: owner, region });
    if (!queue) throw queueNotFound();
    return queue;
  }

  find(name: string, scope: Scope): Queue | undefined {
    return this.#queues.of(scope).get(name);
  }

  at(queueArn: string): Queue | undefined {
    const named = parseArn(queueArn);
    return named?.service === "sqs" ? this.find(named.resource, named) : undefined;
  }

  /** Sends as a service of the tank does: by the queue's ARN. */
  send(queueArn: string, { body, attributes }: Pick<Draft, "body" | "attributes">): void {
    const queue = this.at(queueArn);
    if (!queue) throw queueNotFound();
    const { scope, settings } = queue;
    const draft = { body, attributes, systemAttributes: {}, senderId: scope.accountId };
    if (sizeOf(draft) > settings.maxBytes) throw messageTooLong(settings.maxBytes);
    queue.send(draft, { at: this.#context.clock.now() });
  }

  urlOf({ scope: { accountId }, name }: Queue): string {
    return `${this.#endpointUrl()}/${accountId}/${name}`;
  }

  /** The caller's queues, by name. */
  list(scope: Scope): Queue[] {
    const queues = [...this.#queues.of(scope).values()];
    return queues.sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** Waits for messages as long as it may, and takes none for a caller that is gone. */
  async receive(
    queue: Queue,
    request: {
      max: number;
      visibilityMs?: number | undefined;
      waitMs: number;
      signal: AbortSignal;
    },
  ): Promise<Received[]> {
    const { clock } = this.#context;
    const { max, visibilityMs, waitMs } = request;
    const signal = AbortSignal.any([request.signal, this.#lifetime.signal]);
    return waitForMessages(queue, {
      clock,
      signal,
      until: clock.now() + waitMs,
      receive: () =>
        queue.receive({ at: clock.now(), max, visibilityMs, giveUp: this.#deadLetterTo(queue) }),
      exists: () => this.at(queue.arn) === queue,
    });
  }

  /** Where a queue's messages go that were received too often; nowhere while that queue is missing. */
  #deadLetterTo({ arn, settings }: Queue): ((message: Message) => void) | undefined {
    const target = settings.redrive && this.at(settings.redrive.deadLetterArn);
    return target && ((message) => target.take({ ...message, deadLetterSourceArn: arn }));
  }

  #assertDeadLetterQueue({ arn, settings: { redrive, attributes } }: Queue): void {
    if (!redrive || (redrive.deadLetterArn !== arn && this.at(redrive.deadLetterArn))) return;
    throw deadLetterQueueMissing(attributes.RedrivePolicy ?? "");
  }

  #all(): Queue[] {
    return this.#queues.all().flatMap((queues) => [...queues.values()]);
  }
}
