import {
  DeleteObject$,
  type DeleteObjectOutput,
  type DeleteObjectRequest,
} from "@aws-sdk/client-s3";
import { operation } from "../../../core/service.ts";
import type { S3Engine } from "../engine.ts";
import { refuseUnemulated } from "../storing.ts";

// https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObject.html
export const DeleteObject = operation<S3Engine, DeleteObjectRequest, DeleteObjectOutput>({
  schema: DeleteObject$,
  handle(s3, input, { requestId }) {
    refuseUnemulated(input);
    // Deleting what is not there succeeds as well.
    s3.remove(input.Bucket, { key: input.Key, requestId });
    return {};
  },
  summarize: ({ Bucket, Key }) => `${Bucket}/${Key}`,
});
