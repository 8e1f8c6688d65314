import { randomUUID } from "node:crypto";
import type { LambdaFunctionConfiguration, QueueConfiguration } from "@aws-sdk/client-s3";
import type {
  CreateQueueResult,
  GetQueueAttributesResult,
  Message,
  ReceiveMessageResult,
} from "@aws-sdk/client-sqs";
import type { TankContext } from "../core/context.ts";
import { messageOf } from "../core/errors.ts";
import type { Engine, Remote, Scope } from "../core/service.ts";
import type { NotificationTargets } from "../services/s3/index.ts";

/** As often as Lambda asks a stream. */
const POLL_MS = 1_000;
const MAX_MESSAGES = 10;
const QUEUE_PREFIX = "wavetank-notifications-";
/** Between a function's ARN and the configuration's own id; no ARN has it. */
const SEPARATOR = "|";

export interface NotificationRelayOptions {
  readonly context: Pick<TankContext, "clock" | "events">;
  /** Queues where the buckets are. */
  readonly queues: Pick<Remote, "call">;
  readonly functions: NotificationTargets["functions"];
}

type Api = <Out>(operation: string, input: object) => Promise<Out>;

interface Queue {
  readonly url: string;
  readonly arn: string;
}

/**
 * Tells the tank's functions of objects in buckets that are LocalStack's, which knows none of them: the
 * buckets tell a queue beside them, and the relay asks the queue once a second, as Lambda does. The queue is
 * there from the first notification on until the tank stops.
 */
export class NotificationRelay implements Engine {
  readonly functions: NotificationTargets["functions"];
  readonly #context: NotificationRelayOptions["context"];
  readonly #queues: Pick<Remote, "call">;
  readonly #queueName = `${QUEUE_PREFIX}${randomUUID()}`;
  readonly #polls = new Map<string, { queue: Promise<Queue>; ended: Promise<void> }>();
  readonly #ending = new AbortController();

  constructor({ context, queues, functions }: NotificationRelayOptions) {
    this.#context = context;
    this.#queues = queues;
    this.functions = functions;
  }

  /** A function's configuration as one of the relay's queue. */
  async queued(
    { LambdaFunctionArn, Id = randomUUID(), ...told }: LambdaFunctionConfiguration,
    scope: Scope,
  ): Promise<QueueConfiguration> {
    const { arn: QueueArn } = await this.#polled(scope);
    return { ...told, Id: `${LambdaFunctionArn}${SEPARATOR}${Id}`, QueueArn };
  }

  /** The function's configuration that a queue's stands for; `undefined` where it is a queue's own. */
  functionOf({
    QueueArn,
    Id,
    ...told
  }: QueueConfiguration): LambdaFunctionConfiguration | undefined {
    if (!QueueArn?.includes(`:${QUEUE_PREFIX}`)) return undefined;
    const [LambdaFunctionArn, id] = parted(Id);
    return { ...told, Id: id, LambdaFunctionArn };
  }

  /** What stands elsewhere stays. */
  reset(): void {}

  async stop(): Promise<void> {
    this.#ending.abort(new Error("the tank stops"));
    await Promise.all([...this.#polls.values()].map(({ ended }) => ended));
  }

  #polled(scope: Scope): Promise<Queue> {
    const { region } = scope;
    const polled = this.#polls.get(region);
    if (polled) return polled.queue;
    const queue = this.#created(scope);
    const ended = queue.then(
      ({ url }) => this.#poll(url, scope),
      // Whoever asked for it is told; the next one asks again.
      () => void this.#polls.delete(region),
    );
    this.#polls.set(region, { queue, ended });
    return queue;
  }

  async #created(scope: Scope): Promise<Queue> {
    const call = this.#api(scope);
    const { QueueUrl } = await call<CreateQueueResult>("CreateQueue", {
      QueueName: this.#queueName,
    });
    const asked = { QueueUrl, AttributeNames: ["QueueArn"] };
    const { Attributes } = await call<GetQueueAttributesResult>("GetQueueAttributes", asked);
    return { url: String(QueueUrl), arn: String(Attributes?.QueueArn) };
  }

  async #poll(QueueUrl: string, scope: Scope): Promise<void> {
    const { clock } = this.#context;
    const { signal } = this.#ending;
    const call = this.#api(scope);
    const asked = { QueueUrl, MaxNumberOfMessages: MAX_MESSAGES };
    let isReached = true;
    while (!signal.aborted) {
      try {
        const { Messages = [] } = await call<ReceiveMessageResult>("ReceiveMessage", asked);
        isReached = true;
        for (const message of Messages) {
          await this.#deliver(message);
          await call("DeleteMessage", { QueueUrl, ReceiptHandle: message.ReceiptHandle });
        }
        if (Messages.length > 0) continue;
      } catch (error) {
        if (isReached) this.#warn(`Notifications of buckets cannot be read: ${messageOf(error)}`);
        isReached = false;
      }
      await clock.sleep(POLL_MS, signal).catch(() => {});
    }
    // Where that place is gone already, so is the queue.
    if (isReached) await call("DeleteQueue", { QueueUrl }).catch(() => {});
  }

  /** As at S3, a notification that nobody takes is lost. */
  async #deliver({ Body = "{}" }: Message): Promise<void> {
    interface Record {
      readonly s3: { readonly configurationId: string };
    }
    // The test event, which a new configuration sends, has none.
    const { Records = [] } = JSON.parse(Body) as { Records?: Record[] };
    for (const record of Records) {
      const [functionArn, configurationId] = parted(record.s3.configurationId);
      const told = { ...record, s3: { ...record.s3, configurationId } };
      try {
        await this.functions.invokeAsync(functionArn, JSON.stringify({ Records: [told] }));
      } catch (error) {
        this.#warn(`S3 could not tell ${functionArn}: ${messageOf(error)}`);
      }
    }
  }

  #api(scope: Scope): Api {
    return (operation, input) => this.#queues.call(operation, input, scope);
  }

  #warn(message: string): void {
    const { clock, events } = this.#context;
    events.emit({ type: "warning", at: clock.now(), message });
  }
}

function parted(id = ""): [functionArn: string, id: string] {
  const at = id.indexOf(SEPARATOR);
  return [id.slice(0, at), id.slice(at + 1)];
}
