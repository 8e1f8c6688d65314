import type { CreateQueueRequest, CreateQueueResult } from "@aws-sdk/client-sqs";
import { arn } from "../../core/arn.ts";
import { deleteIfPresent } from "../api.ts";
import { resourceType } from "../resource-type.ts";
import { anything, boolean, number, type Shape, tags, text } from "../shape.ts";

// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sqs-queue.html
interface Values extends Readonly<Record<string, unknown>> {
  readonly QueueName?: string;
  readonly Tags?: readonly { readonly Key: string; readonly Value: string }[];
}

/** Queues' attributes, which the API takes as texts. */
const ATTRIBUTES: Readonly<Record<string, Shape>> = {
  DelaySeconds: number,
  KmsDataKeyReusePeriodSeconds: number,
  KmsMasterKeyId: text,
  MaximumMessageSize: number,
  MessageRetentionPeriod: number,
  ReceiveMessageWaitTimeSeconds: number,
  RedriveAllowPolicy: anything,
  RedrivePolicy: anything,
  SqsManagedSseEnabled: boolean,
  VisibilityTimeout: number,
};

export const sqsQueue = resourceType<Values>({
  type: "AWS::SQS::Queue",
  honoured: { QueueName: text, Tags: tags, ...ATTRIBUTES },
  kept: [],
  notEmulated: [
    "ContentBasedDeduplication",
    "DeduplicationScope",
    "FifoQueue",
    "FifoThroughputLimit",
  ],
  attributes: ["Arn", "QueueName", "QueueUrl"],

  async create(resource, api) {
    const { QueueName: given, Tags, ...attributes } = resource.values;
    const QueueName = given ?? resource.generatedName(80);
    const input: CreateQueueRequest = { QueueName, Attributes: asTexts(attributes) };
    if (Tags) input.tags = Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value]));
    const { QueueUrl = "" } = await api.call<CreateQueueResult>("sqs", "CreateQueue", input);
    const Arn = arn("sqs", api.scope, QueueName);
    return { physicalId: QueueUrl, attributes: { Arn, QueueName, QueueUrl } };
  },

  async delete({ physicalId: QueueUrl }, api) {
    await deleteIfPresent(api.call("sqs", "DeleteQueue", { QueueUrl }));
  },
});

function asTexts(attributes: Readonly<Record<string, unknown>>): Record<string, string> {
  const given = Object.entries(attributes).filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    given.map(([name, value]) => {
      return [name, typeof value === "object" ? JSON.stringify(value) : String(value)];
    }),
  );
}
