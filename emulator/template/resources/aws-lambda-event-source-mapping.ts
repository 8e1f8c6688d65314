import {
  type CreateEventSourceMappingRequest,
  CreateEventSourceMappingRequest$,
  type EventSourceMappingConfiguration,
} from "@aws-sdk/client-lambda";
import { type AwsApi, deleteIfPresent, waitFor, waitUntilGone } from "../api.ts";
import { resourceType } from "../resource-type.ts";
import { membersOf, tags } from "../shape.ts";
import { type Tag, tagChanges } from "../tags.ts";

// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-eventsourcemapping.html
interface Values extends Omit<CreateEventSourceMappingRequest, "Tags"> {
  readonly Tags?: readonly Tag[];
}

/** What a mapping of a stream has without being told: for a property that a template no longer has. */
const DEFAULTS: Readonly<Record<string, unknown>> = {
  Enabled: true,
  BatchSize: 100,
  FilterCriteria: {},
  MaximumBatchingWindowInSeconds: 0,
  ParallelizationFactor: 1,
  DestinationConfig: { OnFailure: {} },
  MaximumRecordAgeInSeconds: -1,
  BisectBatchOnFunctionError: false,
  MaximumRetryAttempts: -1,
  TumblingWindowInSeconds: 0,
  FunctionResponseTypes: [],
};

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
  replacedBy: ["EventSourceArn", "StartingPosition", "StartingPositionTimestamp"],

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

  async update({ values }, { api, created, changed, previous }) {
    const { physicalId: UUID, attributes } = created;
    const { added, removed } = tagChanges(previous.Tags, values.Tags);
    const Resource = attributes.EventSourceMappingArn;
    if (removed.length > 0) {
      await api.call("lambda", "UntagResource", { Resource, TagKeys: removed });
    }
    if (Object.keys(added).length > 0) {
      await api.call("lambda", "TagResource", { Resource, Tags: added });
    }
    const others = changed.filter((name) => name !== "Tags");
    if (others.length === 0) return undefined;
    const given: Readonly<Record<string, unknown>> = { ...values };
    const input = others.map((name) => [name, given[name] ?? DEFAULTS[name]]);
    const update = { UUID, ...Object.fromEntries(input) };
    await api.call("lambda", "UpdateEventSourceMapping", update);
    return undefined;
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
