import {
  DeleteObjects$,
  type DeleteObjectsOutput,
  type DeleteObjectsRequest,
} from "@aws-sdk/client-s3";
import { operation } from "../../../core/service.ts";
import type { S3Engine } from "../engine.ts";
import { malformedXml } from "../errors.ts";
import { MAX_DELETES } from "../limits.ts";
import { refuseUnemulated } from "../storing.ts";

// https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html
export const DeleteObjects = operation<S3Engine, DeleteObjectsRequest, DeleteObjectsOutput>({
  schema: DeleteObjects$,
  handle(s3, input, { requestId }) {
    refuseUnemulated(input);
    const { Objects = [], Quiet = false } = input.Delete;
    if (Objects.length === 0 || Objects.length > MAX_DELETES) throw malformedXml();
    s3.bucket(input.Bucket);
    for (const { Key: key } of Objects) s3.remove(input.Bucket, { key, requestId });
    return Quiet ? {} : { Deleted: Objects.map(({ Key }) => ({ Key })) };
  },
  summarize: ({ Bucket, Delete }) => `${Bucket} · ${Delete.Objects?.length} objects`,
});
