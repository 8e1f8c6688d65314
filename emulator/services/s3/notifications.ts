import { randomUUID } from "node:crypto";
import type { TankContext } from "../../core/context.ts";
import { messageOf } from "../../core/errors.ts";
import type { Bucket } from "./model/bucket.ts";
import { applies, encodedKey, type NotificationRule } from "./model/notification.ts";
import type { StoredObject } from "./model/object.ts";

/** Who takes notifications: functions and queues, wherever they stand. */
export interface NotificationTargets {
  readonly functions: {
    /** Whether there is such a function and its policy lets S3 invoke it. */
    allowsS3(functionArn: string): boolean | Promise<boolean>;
    /** Queues an event; the function's own retries apply. */
    invokeAsync(functionArn: string, payload: string): Promise<void>;
  };
  /** Absent while there are no queues. */
  readonly queues?: {
    /** Rejects when there is no such queue. */
    send(queueArn: string, body: string): Promise<void>;
  };
}

/** What happened to an object. */
export interface ObjectChange {
  /** As records name it: `ObjectCreated:Put`. */
  readonly event: string;
  readonly key: string;
  /** What was written; absent when the object is gone. */
  readonly object?: StoredObject;
  /** The call that did it; the tank itself when absent. */
  readonly requestId?: string;
}

/**
 * Tells functions and queues what happens to objects.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html
 */
export class Notifications {
  readonly targets: NotificationTargets;
  readonly #context: TankContext;
  #count = 0;

  constructor(context: TankContext, targets: NotificationTargets) {
    this.#context = context;
    this.targets = targets;
  }

  /** Returns at once: nobody waits for a notification. */
  tell(bucket: Bucket, change: ObjectChange): void {
    for (const rule of bucket.notifications) {
      if (!applies(rule, change)) continue;
      const body = JSON.stringify({ Records: [this.#record(bucket, { rule, change })] });
      this.#send(rule.destination, body).catch((error: unknown) => {
        const { clock, events } = this.#context;
        const message = `S3 could not tell ${rule.destination.arn} of ${change.event} of ${bucket.name}/${change.key}: ${messageOf(error)}`;
        events.emit({ type: "warning", at: clock.now(), message });
      });
    }
  }

  /** What a queue receives when it is configured, which also tells whether it is there. */
  async sendTestEvent(queueArn: string, bucketName: string): Promise<void> {
    const Time = new Date(this.#context.clock.now()).toISOString();
    const test = { Service: "Amazon S3", Event: "s3:TestEvent", Time, Bucket: bucketName };
    const body = JSON.stringify({ ...test, RequestId: requestIdOf(), HostId: HOST_ID });
    await this.#send({ type: "queue", arn: queueArn }, body);
  }

  async #send({ type, arn }: NotificationRule["destination"], body: string): Promise<void> {
    const { functions, queues } = this.targets;
    if (type === "function") return await functions.invokeAsync(arn, body);
    if (!queues) throw new Error("there are no queues");
    return await queues.send(arn, body);
  }

  #record(bucket: Bucket, { rule, change }: { rule: NotificationRule; change: ObjectChange }) {
    const { event, key, object } = change;
    const now = this.#context.clock.now();
    return {
      eventVersion: "2.1",
      eventSource: "aws:s3",
      awsRegion: bucket.region,
      eventTime: new Date(now).toISOString(),
      eventName: event,
      userIdentity: { principalId: `AWS:${bucket.accountId}` },
      requestParameters: { sourceIPAddress: "127.0.0.1" },
      responseElements: {
        "x-amz-request-id": change.requestId ?? requestIdOf(),
        "x-amz-id-2": HOST_ID,
      },
      s3: {
        s3SchemaVersion: "1.0",
        configurationId: rule.id,
        bucket: {
          name: bucket.name,
          ownerIdentity: { principalId: bucket.accountId },
          arn: `arn:aws:s3:::${bucket.name}`,
        },
        object: {
          key: encodedKey(key),
          ...(object && { size: object.body.length, eTag: object.etag.replaceAll('"', "") }),
          sequencer: this.#sequencer(now),
        },
      },
    };
  }

  /** Hexadecimal, and greater for each later event of the tank. */
  #sequencer(now: number): string {
    this.#count += 1;
    const hex = (value: number, digits: number) => value.toString(16).padStart(digits, "0");
    return `${hex(now, 12)}${hex(this.#count, 6)}`.toUpperCase();
  }
}

const HOST_ID = "wavetank";
const requestIdOf = () => randomUUID().replaceAll("-", "").slice(0, 16).toUpperCase();
