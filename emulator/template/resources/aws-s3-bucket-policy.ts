import { resourceType } from "../resource-type.ts";
import { text } from "../shape.ts";

// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-s3-bucketpolicy.html
interface Values {
  readonly Bucket?: string;
}

// DIFFERS: nothing is created and nothing is enforced: every caller may do everything, as with roles.
export const s3BucketPolicy = resourceType<Values>({
  type: "AWS::S3::BucketPolicy",
  honoured: { Bucket: text },
  required: ["Bucket"],
  kept: ["PolicyDocument"],
  notEmulated: [],
  attributes: [],

  async create({ values: { Bucket = "" } }) {
    return { physicalId: Bucket, attributes: {} };
  },

  async delete() {},
});
