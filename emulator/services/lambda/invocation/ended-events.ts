import { randomUUID } from "node:crypto";
import { parseArn } from "../../../core/arn.ts";
import type { TankContext } from "../../../core/context.ts";
import { messageOf } from "../../../core/errors.ts";
import { datedKey } from "../dated-key.ts";
import type { DeadLetters, Destinations } from "../destinations.ts";
import type { EventInvokeSettings } from "../model/family.ts";
import type { LambdaFunction } from "../model/function.ts";
import { deadLetterOf, type EndedEvent, invocationRecord } from "./invocation-record.ts";
import type { FunctionMetering } from "./metering.ts";

/** Tells a function's destinations and its dead-letter queue how its events ended. */
export class EndedEvents {
  readonly #context: TankContext;
  readonly #destinations: Destinations;
  readonly #deadLetters: DeadLetters;
  readonly #metering: FunctionMetering;

  constructor(options: {
    context: TankContext;
    destinations: Destinations;
    deadLetters: DeadLetters;
    metering: FunctionMetering;
  }) {
    this.#context = options.context;
    this.#destinations = options.destinations;
    this.#deadLetters = options.deadLetters;
    this.#metering = options.metering;
  }

  /** Never rejects: what cannot be told is measured and warned of. */
  async tell(
    fn: LambdaFunction,
    { event, settings }: { event: EndedEvent; settings: EventInvokeSettings | undefined },
  ): Promise<void> {
    const { condition } = event.ending;
    if (condition === undefined) return;
    const isSuccess = condition === "Success";
    const destination = isSuccess ? settings?.onSuccess : settings?.onFailure;
    const { deadLetterArn } = fn.settings;
    const telling = [];
    if (destination) {
      const sent = this.#send(fn, { destination, event });
      telling.push(
        this.#guarded(fn, { sent, to: destination, fault: "DestinationDeliveryFailures" }),
      );
    }
    if (deadLetterArn && !isSuccess) {
      const sent = this.#deadLetters.bury(deadLetterArn, deadLetterOf(event));
      telling.push(this.#guarded(fn, { sent, to: deadLetterArn, fault: "DeadLetterErrors" }));
    }
    await Promise.all(telling);
  }

  async #send(
    fn: LambdaFunction,
    { destination, event }: { destination: string; event: EndedEvent },
  ): Promise<void> {
    const at = this.#context.clock.now();
    const document = JSON.stringify(invocationRecord(event, at));
    const { service, resource: bucket = "" } = parseArn(destination) ?? {};
    if (service !== "s3") return this.#destinations.send(destination, document);
    const key = datedKey(`aws/lambda/async/${fn.name}`, { at, id: randomUUID() });
    return this.#destinations.write(bucket, key, document);
  }

  async #guarded(
    fn: LambdaFunction,
    {
      sent,
      to,
      fault,
    }: {
      sent: Promise<void>;
      to: string;
      fault: "DestinationDeliveryFailures" | "DeadLetterErrors";
    },
  ): Promise<void> {
    const { clock, events } = this.#context;
    try {
      await sent;
    } catch (error) {
      const at = clock.now();
      this.#metering.untold(fn, { at, fault });
      const message = `${fn.name} could not tell ${to}: ${messageOf(error)}`;
      events.emit({ type: "warning", at, message });
    }
  }
}
