import {
  type CreateEventSourceMappingRequest,
  CreateEventSourceMappingRequest$,
  type EventSourceMappingConfiguration,
} from "@aws-sdk/client-lambda";
import { type AwsApi, deleteIfPresent, waitFor, waitUntilGone } from "../api.ts";
import { resourceType } from "../resource-type.ts";
import { membersOf, tags } from "../shape.ts";

// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-eventsourcemapping.html
interface Values extends Omit<CreateEventSourceMappingRequest, "Tags"> {
  readonly Tags?: readonly { readonly Key: string; readonly Value: string }[];
}

const SETTLED = ["Enabled", "Disabled"];

export const lambdaEventSourceMapping = resourceType<Values>({
  type: "AWS::Lambda::EventSourceMapping",
  honoured: {
    ...membersOf(CreateEventSourceMappingRequest$, [
      "FunctionName",
      "EventSourceArn",
      "Enabled",
      "BatchSize",
      "FilterCriteria",
      "MaximumBatchingWindowInSeconds",
      "ParallelizationFactor",
      "StartingPosition",
      "StartingPositionTimestamp",
      "DestinationConfig",
      "MaximumRecordAgeInSeconds",
      "BisectBatchOnFunctionError",
      "MaximumRetryAttempts",
      "TumblingWindowInSeconds",
      "FunctionResponseTypes",
    ]),
    Tags: tags,
  },
  required: ["FunctionName"],
  kept: ["KmsKeyArn"],
  notEmulated: [
    "AmazonManagedKafkaEventSourceConfig",
    "DocumentDBEventSourceConfig",
    "LoggingConfig",
    "MetricsConfig",
    "ProvisionedPollerConfig",
    "Queues",
    "ScalingConfig",
    "SelfManagedEventSource",
    "SelfManagedKafkaEventSourceConfig",
    "SourceAccessConfigurations",
    "Topics",
  ],
  attributes: ["Id", "EventSourceMappingArn"],

  async create({ values: { Tags, ...rest } }, api) {
    const input: CreateEventSourceMappingRequest = { ...rest };
    if (Tags) input.Tags = Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value]));
    const { UUID = "", EventSourceMappingArn = "" } =
      await api.call<EventSourceMappingConfiguration>("lambda", "CreateEventSourceMapping", input);
    return { physicalId: UUID, attributes: { Id: UUID, EventSourceMappingArn } };
  },

  async stabilize(_, { api, created: { physicalId } }) {
    const probe = async () => {
      const { State = "" } = await describe(api, physicalId);
      return SETTLED.includes(State) || undefined;
    };
    await waitFor(api, { what: `the event source mapping ${physicalId}`, probe });
  },

  async delete({ physicalId }, api) {
    await deleteIfPresent(api.call("lambda", "DeleteEventSourceMapping", { UUID: physicalId }));
    const what = `the event source mapping ${physicalId} to go`;
    await waitUntilGone(api, { what, ask: () => describe(api, physicalId) });
  },
});

function describe(api: AwsApi, UUID: string): Promise<EventSourceMappingConfiguration> {
  return api.call<EventSourceMappingConfiguration>("lambda", "GetEventSourceMapping", { UUID });
}
