import {
  type CreateStreamInput,
  CreateStreamInput$,
  type DescribeStreamSummaryOutput,
} from "@aws-sdk/client-kinesis";
import { arn } from "../../core/arn.ts";
import { type AwsApi, createOrAdopt, deleteIfPresent, waitFor, waitUntilGone } from "../api.ts";
import { resourceType } from "../resource-type.ts";
import { membersOf, number, tags, text } from "../shape.ts";

// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-kinesis-stream.html
interface Values extends Omit<CreateStreamInput, "StreamName" | "Tags"> {
  readonly Name?: string;
  readonly RetentionPeriodHours?: number;
  readonly Tags?: readonly { readonly Key: string; readonly Value: string }[];
}

/** What a stream has without being told. */
const DEFAULT_RETENTION_HOURS = 24;

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
    await waitUntilActive(api, StreamName);
    if (created.isAdopted) return;
    const RetentionPeriodHours = values.RetentionPeriodHours ?? DEFAULT_RETENTION_HOURS;
    if (RetentionPeriodHours === DEFAULT_RETENTION_HOURS) return;
    const input = { StreamName, RetentionPeriodHours };
    await api.call("kinesis", "IncreaseStreamRetentionPeriod", input);
    await waitUntilActive(api, StreamName);
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

async function waitUntilActive(api: AwsApi, StreamName: string): Promise<void> {
  const probe = async () => {
    const { StreamDescriptionSummary } = await api.call<DescribeStreamSummaryOutput>(
      "kinesis",
      "DescribeStreamSummary",
      { StreamName },
    );
    return StreamDescriptionSummary?.StreamStatus === "ACTIVE" || undefined;
  };
  await waitFor(api, { what: `the stream ${StreamName} to be ACTIVE`, probe });
}
