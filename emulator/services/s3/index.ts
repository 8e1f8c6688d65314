import type { TankContext } from "../../core/context.ts";
import type { Service } from "../../core/service.ts";
import { S3Engine } from "./engine.ts";
import { MAX_OBJECT_BYTES } from "./limits.ts";
import { AbortMultipartUpload } from "./operations/abort-multipart-upload.ts";
import { CompleteMultipartUpload } from "./operations/complete-multipart-upload.ts";
import { CopyObject } from "./operations/copy-object.ts";
import { CreateBucket } from "./operations/create-bucket.ts";
import { CreateMultipartUpload } from "./operations/create-multipart-upload.ts";
import { DeleteBucket } from "./operations/delete-bucket.ts";
import { DeleteObject } from "./operations/delete-object.ts";
import { DeleteObjects } from "./operations/delete-objects.ts";
import { GetBucketLocation } from "./operations/get-bucket-location.ts";
import { GetObject } from "./operations/get-object.ts";
import { HeadBucket } from "./operations/head-bucket.ts";
import { HeadObject } from "./operations/head-object.ts";
import { ListBuckets } from "./operations/list-buckets.ts";
import { ListMultipartUploads } from "./operations/list-multipart-uploads.ts";
import { ListObjects } from "./operations/list-objects.ts";
import { ListObjectsV2 } from "./operations/list-objects-v2.ts";
import { ListParts } from "./operations/list-parts.ts";
import { PutObject } from "./operations/put-object.ts";
import { UploadPart } from "./operations/upload-part.ts";
import { prepareS3 } from "./prepare.ts";
import { routeS3 } from "./route.ts";

export type { S3Engine } from "./engine.ts";

/** Amazon S3. */
export function s3(context: TankContext): Service & { readonly engine: S3Engine } {
  return {
    name: "s3",
    protocol: "rest-xml",
    target: "s3",
    engine: new S3Engine(context),
    validationCode: "InvalidArgument",
    maxBodyBytes: MAX_OBJECT_BYTES,
    model: () => import("@aws-sdk/client-s3"),
    route: routeS3,
    prepare: prepareS3,
    operations: {
      AbortMultipartUpload,
      CompleteMultipartUpload,
      CopyObject,
      CreateBucket,
      CreateMultipartUpload,
      DeleteBucket,
      DeleteObject,
      DeleteObjects,
      GetBucketLocation,
      GetObject,
      HeadBucket,
      HeadObject,
      ListBuckets,
      ListMultipartUploads,
      ListObjects,
      ListObjectsV2,
      ListParts,
      PutObject,
      UploadPart,
    },
  };
}
