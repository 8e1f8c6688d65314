import {
  GetBucketNotificationConfiguration$,
  type GetBucketNotificationConfigurationRequest,
  type NotificationConfiguration,
  PutBucketNotificationConfiguration$,
  type PutBucketNotificationConfigurationRequest,
} from "@aws-sdk/client-s3";
import { AwsError } from "../core/errors.ts";
import { operation, type Remote, type Scope } from "../core/service.ts";
import { functionNotAllowed } from "../services/s3/index.ts";
import type { NotificationRelay } from "./notification-relay.ts";

// https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketNotificationConfiguration.html
// https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketNotificationConfiguration.html

/** The two operations on buckets of another place, with functions of the tank in them. */
export function relayedNotifications(s3: Pick<Remote, "call">) {
  const call = <Out>(name: string, input: object, scope: Scope) =>
    s3.call<Out>(name, input, scope).catch(asItCame);
  return {
    PutBucketNotificationConfiguration: operation<
      NotificationRelay,
      PutBucketNotificationConfigurationRequest,
      Record<string, never>
    >({
      schema: PutBucketNotificationConfiguration$,
      async handle(relay, { NotificationConfiguration = {}, ...input }, scope) {
        const {
          LambdaFunctionConfigurations: ofFunctions = [],
          QueueConfigurations: ofQueues = [],
          ...others
        } = NotificationConfiguration;
        for (const { LambdaFunctionArn } of ofFunctions) {
          if (input.SkipDestinationValidation) break;
          const isAllowed = await relay.functions.allowsS3(LambdaFunctionArn);
          if (!isAllowed) throw functionNotAllowed(LambdaFunctionArn);
        }
        const queued = await Promise.all(ofFunctions.map((one) => relay.queued(one, scope)));
        const told = { ...others, QueueConfigurations: [...ofQueues, ...queued] };
        const relayed = { ...input, NotificationConfiguration: told };
        await call("PutBucketNotificationConfiguration", relayed, scope);
        return {};
      },
      summarize: ({ Bucket }) => Bucket,
    }),
    GetBucketNotificationConfiguration: operation<
      NotificationRelay,
      GetBucketNotificationConfigurationRequest,
      NotificationConfiguration
    >({
      schema: GetBucketNotificationConfiguration$,
      async handle(relay, input, scope) {
        const found = await call<NotificationConfiguration>(
          "GetBucketNotificationConfiguration",
          input,
          scope,
        );
        const { QueueConfigurations: all = [], ...others } = found;
        const ofFunctions = all.flatMap((one) => relay.functionOf(one) ?? []);
        const ofQueues = all.filter((one) => !relay.functionOf(one));
        return {
          ...others,
          ...(ofFunctions.length > 0 && { LambdaFunctionConfigurations: ofFunctions }),
          ...(ofQueues.length > 0 && { QueueConfigurations: ofQueues }),
        };
      },
      summarize: ({ Bucket }) => Bucket,
    }),
  };
}

/** What the other place refuses, as if it had been asked directly. */
function asItCame(error: unknown): never {
  const { name, message, $metadata } = error as Error & { $metadata?: { httpStatusCode?: number } };
  const status = $metadata?.httpStatusCode;
  if (status === undefined) throw error;
  throw new AwsError(name, message, { status, cause: error });
}
