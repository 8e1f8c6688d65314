import type { TankContext } from "../../core/context.ts";
import type { Service } from "../../core/service.ts";
import { admitsForeign, corsOf, preflight } from "./cors.ts";
import { S3Engine } from "./engine.ts";
import { MAX_OBJECT_BYTES } from "./limits.ts";
import type { NotificationTargets } from "./notifications.ts";
import { AbortMultipartUpload } from "./operations/abort-multipart-upload.ts";
import { CompleteMultipartUpload } from "./operations/complete-multipart-upload.ts";
import { CopyObject } from "./operations/copy-object.ts";
import { CreateBucket } from "./operations/create-bucket.ts";
import { CreateMultipartUpload } from "./operations/create-multipart-upload.ts";
import { DeleteBucket } from "./operations/delete-bucket.ts";
import { DeleteBucketCors } from "./operations/delete-bucket-cors.ts";
import { DeleteBucketWebsite } from "./operations/delete-bucket-website.ts";
import { DeleteObject } from "./operations/delete-object.ts";
import { DeleteObjects } from "./operations/delete-objects.ts";
import { GetBucketCors } from "./operations/get-bucket-cors.ts";
import { GetBucketLocation } from "./operations/get-bucket-location.ts";
import { GetBucketNotificationConfiguration } from "./operations/get-bucket-notification-configuration.ts";
import { GetBucketWebsite } from "./operations/get-bucket-website.ts";
import { GetObject } from "./operations/get-object.ts";
import { HeadBucket } from "./operations/head-bucket.ts";
import { HeadObject } from "./operations/head-object.ts";
import { ListBuckets } from "./operations/list-buckets.ts";
import { ListMultipartUploads } from "./operations/list-multipart-uploads.ts";
import { ListObjects } from "./operations/list-objects.ts";
import { ListObjectsV2 } from "./operations/list-objects-v2.ts";
import { ListParts } from "./operations/list-parts.ts";
import { PutBucketCors } from "./operations/put-bucket-cors.ts";
import { PutBucketNotificationConfiguration } from "./operations/put-bucket-notification-configuration.ts";
import { PutBucketWebsite } from "./operations/put-bucket-website.ts";
import { PutObject } from "./operations/put-object.ts";
import { UploadPart } from "./operations/upload-part.ts";
import { prepareS3 } from "./prepare.ts";
import { routeS3 } from "./route.ts";
import { serveWebsite } from "./website.ts";

export type { S3Engine } from "./engine.ts";
export { functionNotAllowed } from "./errors.ts";
export type { NotificationTargets } from "./notifications.ts";

/** Amazon S3. */
export function s3(
  context: TankContext,
  targets: NotificationTargets,
): Service & { readonly engine: S3Engine } {
  const engine = new S3Engine(context, targets);
  return {
    name: "s3",
    protocol: "rest-xml",
    target: "s3",
    engine,
    validationCode: "InvalidArgument",
    maxBodyBytes: MAX_OBJECT_BYTES,
    model: () => import("@aws-sdk/client-s3"),
    route: routeS3,
    prepare: prepareS3,
    serve: (request, { isForeign }) =>
      serveWebsite(engine, request) ?? preflight(engine, request, isForeign),
    cors: {
      admitsForeign: (head) => admitsForeign(engine, head),
      headersOf: (head) => corsOf(engine, head),
    },
    operations: {
      AbortMultipartUpload,
      CompleteMultipartUpload,
      CopyObject,
      CreateBucket,
      CreateMultipartUpload,
      DeleteBucket,
      DeleteBucketCors,
      DeleteBucketWebsite,
      DeleteObject,
      DeleteObjects,
      GetBucketCors,
      GetBucketLocation,
      GetBucketNotificationConfiguration,
      GetBucketWebsite,
      GetObject,
      HeadBucket,
      HeadObject,
      ListBuckets,
      ListMultipartUploads,
      ListObjects,
      ListObjectsV2,
      ListParts,
      PutBucketCors,
      PutBucketNotificationConfiguration,
      PutBucketWebsite,
      PutObject,
      UploadPart,
    },
  };
}
