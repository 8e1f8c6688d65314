import type { DestinationConfig, FunctionEventInvokeConfig } from "@aws-sdk/client-lambda";
import type { Call } from "../../core/service.ts";
import { destinationOf } from "./destination-arns.ts";
import type { LambdaEngine } from "./engine.ts";
import { eventInvokeConfigEmpty, eventInvokeConfigMissing } from "./errors.ts";
import type { FunctionNamed } from "./functions.ts";
import { eventAgeSeconds, eventRetryAttempts, functionReference, qualifier } from "./limits.ts";
import type { EventInvokeSettings } from "./model/family.ts";
import { LATEST } from "./model/function.ts";

// https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-configuring.html
export const EVENT_INVOKE_LIMITS = {
  FunctionName: functionReference,
  Qualifier: qualifier,
  MaximumRetryAttempts: eventRetryAttempts,
  MaximumEventAgeInSeconds: eventAgeSeconds,
};

/** The settings of one version or alias, or the place for them. */
export interface EventInvokeTarget {
  readonly arn: string;
  /** @throws AwsError when there are none */
  get(): EventInvokeSettings;
  set(settings: EventInvokeSettings): void;
  delete(): void;
}

export function eventInvokeTarget(
  lambda: LambdaEngine,
  named: FunctionNamed,
  call: Call,
): EventInvokeTarget {
  const { fn, qualifier = LATEST } = lambda.functions.find(named, call);
  const { eventInvokeSettings } = fn.family;
  const arn = `${fn.arn}:${qualifier}`;
  return {
    arn,
    get: () => {
      const settings = eventInvokeSettings.get(qualifier);
      if (!settings) throw eventInvokeConfigMissing(arn);
      return settings;
    },
    set: (settings) => eventInvokeSettings.set(qualifier, settings),
    delete: () => eventInvokeSettings.delete(qualifier),
  };
}

/** What a request asks for; without `before` members that it does not name are AWS's defaults. */
export function settingsOf(
  input: {
    readonly MaximumRetryAttempts?: number | undefined;
    readonly MaximumEventAgeInSeconds?: number | undefined;
    readonly DestinationConfig?: DestinationConfig | undefined;
  },
  options: { now: number; functionArn: string; before?: EventInvokeSettings },
): EventInvokeSettings {
  const { MaximumRetryAttempts, MaximumEventAgeInSeconds, DestinationConfig } = input;
  if (MaximumRetryAttempts === undefined && MaximumEventAgeInSeconds === undefined) {
    if (DestinationConfig === undefined) throw eventInvokeConfigEmpty();
  }
  const { now, functionArn, before } = options;
  const told = (name: "OnSuccess" | "OnFailure") =>
    destinationOf(DestinationConfig?.[name]?.Destination, { name, functionArn });
  return {
    maxRetryAttempts: MaximumRetryAttempts ?? before?.maxRetryAttempts,
    maxEventAgeSeconds: MaximumEventAgeInSeconds ?? before?.maxEventAgeSeconds,
    onSuccess: DestinationConfig ? told("OnSuccess") : before?.onSuccess,
    onFailure: DestinationConfig ? told("OnFailure") : before?.onFailure,
    modifiedAt: now,
  };
}

export function describeEventInvokeConfig(target: EventInvokeTarget): FunctionEventInvokeConfig {
  const { maxRetryAttempts, maxEventAgeSeconds, onSuccess, onFailure, modifiedAt } = target.get();
  return {
    LastModified: new Date(modifiedAt),
    FunctionArn: target.arn,
    ...(maxRetryAttempts !== undefined && { MaximumRetryAttempts: maxRetryAttempts }),
    ...(maxEventAgeSeconds !== undefined && { MaximumEventAgeInSeconds: maxEventAgeSeconds }),
    DestinationConfig: {
      OnSuccess: { ...(onSuccess && { Destination: onSuccess }) },
      OnFailure: { ...(onFailure && { Destination: onFailure }) },
    },
  };
}
