import {
  type CreateStreamInput,
  CreateStreamInput$,
  type DescribeStreamSummaryOutput,
  type StreamDescriptionSummary,
} from "@aws-sdk/client-kinesis";
import { arn } from "../../core/arn.ts";
import { type AwsApi, createOrAdopt, deleteIfPresent, waitFor, waitUntilGone } from "../api.ts";
import { resourceType } from "../resource-type.ts";
import { membersOf, number, tags, text } from "../shape.ts";
import { type Tag, tagChanges } from "../tags.ts";

// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-kinesis-stream.html
interface Values extends Omit<CreateStreamInput, "StreamName" | "Tags"> {
  readonly Name?: string;
  readonly RetentionPeriodHours?: number;
  readonly Tags?: readonly Tag[];
}

/** What a stream has without being told. */
const DEFAULT_RETENTION_HOURS = 24;
const DEFAULT_RECORD_KIB = 1024;

export const kinesisStream = resourceType<Values>({
  type: "AWS::Kinesis::Stream",
  honoured: {
    ...membersOf(CreateStreamInput$, ["MaxRecordSizeInKiB", "ShardCount", "StreamModeDetails"]),
    Name: text,
    RetentionPeriodHours: number,
    Tags: tags,
  },
  kept: ["StreamEncryption", "DesiredShardLevelMetrics"],
  notEmulated: ["WarmThroughputMiBps"],
  attributes: ["Arn"],
  namedBy: "Name",
  replacedBy: ["Name"],

  async create(resource, api) {
    const { Name, RetentionPeriodHours: _, Tags, ...rest } = resource.values;
    const StreamName = Name ?? resource.generatedName(128);
    const input: CreateStreamInput = { StreamName, ...rest };
    if (Tags) input.Tags = Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value]));
    const call = { service: "kinesis", operation: "CreateStream", input } as const;
    return {
      isAdopted: await createOrAdopt(api, call),
      physicalId: StreamName,
      attributes: { Arn: arn("kinesis", api.scope, `stream/${StreamName}`) },
    };
  },

  async stabilize({ values }, { api, created }) {
    const StreamName = created.physicalId;
    const { RetentionPeriodHours: present = DEFAULT_RETENTION_HOURS } = await whenActive(
      api,
      StreamName,
    );
    if (created.isAdopted) return;
    const RetentionPeriodHours = values.RetentionPeriodHours ?? DEFAULT_RETENTION_HOURS;
    if (RetentionPeriodHours === present) return;
    const direction = RetentionPeriodHours > present ? "Increase" : "Decrease";
    const input = { StreamName, RetentionPeriodHours };
    await api.call("kinesis", `${direction}StreamRetentionPeriod`, input);
    await whenActive(api, StreamName);
  },

  async update(
    { values },
    { api, created: { physicalId: StreamName, attributes }, changed, previous },
  ) {
    const { ShardCount, StreamModeDetails, MaxRecordSizeInKiB } = values;
    const StreamARN = attributes.Arn;
    if (changed.includes("StreamModeDetails")) {
      const mode = StreamModeDetails ?? { StreamMode: "PROVISIONED" };
      await api.call("kinesis", "UpdateStreamMode", { StreamARN, StreamModeDetails: mode });
      await whenActive(api, StreamName);
    }
    if (changed.includes("ShardCount") && ShardCount !== undefined) {
      const input = { StreamName, TargetShardCount: ShardCount, ScalingType: "UNIFORM_SCALING" };
      await api.call("kinesis", "UpdateShardCount", input);
      await whenActive(api, StreamName);
    }
    if (changed.includes("MaxRecordSizeInKiB")) {
      const input = { StreamARN, MaxRecordSizeInKiB: MaxRecordSizeInKiB ?? DEFAULT_RECORD_KIB };
      await api.call("kinesis", "UpdateMaxRecordSize", input);
      await whenActive(api, StreamName);
    }
    const { added, removed } = tagChanges(previous.Tags, values.Tags);
    if (removed.length > 0) {
      await api.call("kinesis", "RemoveTagsFromStream", { StreamName, TagKeys: removed });
    }
    if (Object.keys(added).length > 0) {
      await api.call("kinesis", "AddTagsToStream", { StreamName, Tags: added });
    }
    return undefined;
  },

  async delete({ physicalId: StreamName }, api) {
    const input = { StreamName, EnforceConsumerDeletion: true };
    await deleteIfPresent(api.call("kinesis", "DeleteStream", input));
    await waitUntilGone(api, {
      what: `the stream ${StreamName} to go`,
      ask: () => api.call("kinesis", "DescribeStreamSummary", { StreamName }),
    });
  },
});

async function whenActive(api: AwsApi, StreamName: string): Promise<StreamDescriptionSummary> {
  const probe = async () => {
    const { StreamDescriptionSummary } = await api.call<DescribeStreamSummaryOutput>(
      "kinesis",
      "DescribeStreamSummary",
      { StreamName },
    );
    return StreamDescriptionSummary?.StreamStatus === "ACTIVE"
      ? StreamDescriptionSummary
      : undefined;
  };
  return await waitFor(api, { what: `the stream ${StreamName} to be ACTIVE`, probe });
}
