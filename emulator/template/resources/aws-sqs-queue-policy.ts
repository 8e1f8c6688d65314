import { resourceType } from "../resource-type.ts";
import { anything } from "../shape.ts";

// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sqs-queuepolicy.html
// DIFFERS: nothing is created and nothing is enforced: every caller may do everything, as with roles.
export const sqsQueuePolicy = resourceType<object>({
  type: "AWS::SQS::QueuePolicy",
  honoured: { Queues: anything },
  required: ["Queues"],
  kept: ["PolicyDocument"],
  notEmulated: [],
  attributes: ["Id"],

  async create(resource) {
    const name = resource.generatedName(128);
    return { physicalId: name, attributes: { Id: name } };
  },

  async delete() {},
});
