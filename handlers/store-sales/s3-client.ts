import { S3Client } from "@aws-sdk/client-s3";

/** By paths: a tank reached by a host name of its own, as in a container, has no name per bucket. */
export const s3 = new S3Client({ forcePathStyle: true });
