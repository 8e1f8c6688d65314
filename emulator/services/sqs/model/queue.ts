import { randomUUID } from "node:crypto";
import { arn } from "../../../core/arn.ts";
import type { Scope } from "../../../core/service.ts";
import { notAvailableForChange, purgedRecently, receiptHandleInvalid } from "../errors.ts";
import { PURGE_PAUSE_MS } from "../limits.ts";
import type { Draft, Message } from "./message.ts";
import type { QueueSettings } from "./settings.ts";

/** How many messages are where. */
export interface Depth {
  readonly visible: number;
  readonly inFlight: number;
  readonly delayed: number;
}

/** What a receiver gets of a message: as it was when it was received. */
export type Received = Message & { readonly receiptHandle: string };

/** A standard queue. It knows no clock: every call tells the time, in milliseconds since the epoch. */
export class Queue {
  readonly scope: Scope;
  readonly name: string;
  readonly arn: string;
  readonly createdAt: number;
  modifiedAt: number;
  settings: QueueSettings;
  tags: Record<string, string>;
  /** Oldest first. */
  readonly #messages = new Map<string, Message>();
  readonly #waiting = new Set<() => void>();
  #purgedAt = Number.NEGATIVE_INFINITY;

  constructor(created: {
    scope: Scope;
    name: string;
    settings: QueueSettings;
    tags: Readonly<Record<string, string>>;
    at: number;
  }) {
    const { scope, name, at } = created;
    this.scope = { accountId: scope.accountId, region: scope.region };
    this.name = name;
    this.arn = arn("sqs", scope, name);
    this.settings = created.settings;
    this.tags = { ...created.tags };
    this.createdAt = at;
    this.modifiedAt = at;
  }

  /** @param delayMs the queue's own when absent */
  send(draft: Draft, { at, delayMs }: { at: number; delayMs?: number | undefined }): Message {
    const message: Message = {
      ...draft,
      id: randomUUID(),
      sentAt: at,
      visibleAt: at + (delayMs ?? this.settings.delayMs),
      receiptHandle: undefined,
      receiveCount: 0,
      firstReceivedAt: undefined,
      deadLetterSourceArn: undefined,
    };
    this.take(message);
    return message;
  }

  /** Takes a message in as it is. */
  take(message: Message): void {
    this.#messages.set(message.id, message);
    this.changed();
  }

  /**
   * Hands out what is visible and hides it for a while. What has been received too often goes to
   * `giveUp` in its stead.
   */
  receive(options: {
    at: number;
    max: number;
    visibilityMs?: number | undefined;
    giveUp?: ((message: Message) => void) | undefined;
  }): Received[] {
    const { at, max, visibilityMs = this.settings.visibilityMs, giveUp } = options;
    const { redrive, retentionMs } = this.settings;
    const received: Received[] = [];
    for (const message of this.#messages.values()) {
      if (received.length === max) break;
      if (message.visibleAt > at || message.sentAt <= at - retentionMs) continue;
      if (giveUp && redrive && message.receiveCount >= redrive.maxReceiveCount) {
        this.#messages.delete(message.id);
        giveUp(message);
        continue;
      }
      message.receiptHandle = receiptHandle(this.arn, message.id);
      message.receiveCount += 1;
      message.firstReceivedAt ??= at;
      message.visibleAt = at + visibilityMs;
      received.push({ ...message, receiptHandle: message.receiptHandle });
    }
    return received;
  }

  /** A handle that was followed by another one deletes nothing, and that is no error. */
  delete(handle: string): void {
    const message = this.#messages.get(this.#idOf(handle));
    if (message?.receiptHandle === handle) this.#messages.delete(message.id);
  }

  changeVisibility(
    handle: string,
    { at, visibilityMs }: { at: number; visibilityMs: number },
  ): void {
    const message = this.#messages.get(this.#idOf(handle));
    if (!message || message.receiptHandle !== handle || message.visibleAt <= at) {
      throw notAvailableForChange(handle);
    }
    message.visibleAt = at + visibilityMs;
    this.changed();
  }

  purge(at: number): void {
    if (at - this.#purgedAt < PURGE_PAUSE_MS) throw purgedRecently(this.name);
    this.#purgedAt = at;
    this.#messages.clear();
  }

  depth(at: number): Depth {
    this.expire(at);
    const depth = { visible: 0, inFlight: 0, delayed: 0 };
    for (const { visibleAt, receiveCount } of this.#messages.values()) {
      if (visibleAt <= at) depth.visible += 1;
      else if (receiveCount === 0) depth.delayed += 1;
      else depth.inFlight += 1;
    }
    return depth;
  }

  /** When the next hidden message may be received. */
  nextVisibleAt(at: number): number {
    let next = Number.POSITIVE_INFINITY;
    for (const { visibleAt } of this.#messages.values()) {
      if (visibleAt > at) next = Math.min(next, visibleAt);
    }
    return next;
  }

  /** Drops what is older than the queue keeps. */
  expire(at: number): void {
    const oldest = at - this.settings.retentionMs;
    for (const { id, sentAt } of this.#messages.values()) {
      if (sentAt <= oldest) this.#messages.delete(id);
    }
  }

  /** Calls `act` when there may be more to receive than before. */
  onChange(act: () => void): Disposable {
    this.#waiting.add(act);
    return { [Symbol.dispose]: () => this.#waiting.delete(act) };
  }

  /** Wakes those that wait. */
  changed(): void {
    for (const act of [...this.#waiting]) act();
  }

  #idOf(handle: string): string {
    const [id, ...owner] = Buffer.from(handle, "base64").toString().split(" ").reverse();
    if (id === undefined || owner[1] !== this.arn) throw receiptHandleInvalid(handle);
    return id;
  }
}

/** Another one for each time that a message is received. */
function receiptHandle(queueArn: string, messageId: string): string {
  return Buffer.from(`${queueArn} ${randomUUID()} ${messageId}`).toString("base64");
}
