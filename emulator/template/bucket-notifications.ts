import type {
  LambdaFunctionConfiguration,
  NotificationConfiguration,
  QueueConfiguration,
  S3KeyFilter,
} from "@aws-sdk/client-s3";
import { anything, type Shape, structure, text } from "./shape.ts";

// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-s3-bucket-notificationconfiguration.html

interface Rule {
  readonly Event: string;
  readonly Filter?: { readonly S3Key: { readonly Rules: S3KeyFilter["FilterRules"] } };
}

/** A bucket's notifications as CloudFormation spells them. */
export interface TemplateNotifications {
  readonly LambdaConfigurations?: readonly (Rule & { readonly Function: string })[];
  readonly QueueConfigurations?: readonly (Rule & { readonly Queue: string })[];
  readonly TopicConfigurations?: readonly object[];
  readonly EventBridgeConfiguration?: object;
}

const filterRule = structure({ Name: text, Value: text }, ["Name", "Value"]);
const key = structure({ Rules: { is: "list", of: () => filterRule } }, ["Rules"]);
const rules = (destination: string): Shape => ({
  is: "list",
  of: () =>
    structure({ Event: text, Filter: structure({ S3Key: key }, ["S3Key"]), [destination]: text }, [
      "Event",
      destination,
    ]),
});

/** Topics and EventBridge are passed on, for S3 to refuse them by name. */
export const notificationShape = structure({
  LambdaConfigurations: rules("Function"),
  QueueConfigurations: rules("Queue"),
  TopicConfigurations: anything,
  EventBridgeConfiguration: anything,
});

/** The same as PutBucketNotificationConfiguration takes it. */
export function notificationsOf(from: TemplateNotifications): NotificationConfiguration {
  const { LambdaConfigurations = [], QueueConfigurations = [] } = from;
  const common = ({ Event, Filter }: Rule) => ({
    Events: [Event] as LambdaFunctionConfiguration["Events"],
    ...(Filter && { Filter: { Key: { FilterRules: Filter.S3Key.Rules } } }),
  });
  return {
    LambdaFunctionConfigurations: LambdaConfigurations.map(
      (rule): LambdaFunctionConfiguration => ({
        ...common(rule),
        LambdaFunctionArn: rule.Function,
      }),
    ),
    QueueConfigurations: QueueConfigurations.map(
      (rule): QueueConfiguration => ({ ...common(rule), QueueArn: rule.Queue }),
    ),
    ...(from.TopicConfigurations && {
      TopicConfigurations:
        from.TopicConfigurations as NotificationConfiguration["TopicConfigurations"],
    }),
    ...(from.EventBridgeConfiguration && { EventBridgeConfiguration: {} }),
  };
}
