import { ECRClient } from "@aws-sdk/client-ecr";
import { KinesisClient } from "@aws-sdk/client-kinesis";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { S3Client } from "@aws-sdk/client-s3";
import { ServiceQuotasClient } from "@aws-sdk/client-service-quotas";
import { STSClient } from "@aws-sdk/client-sts";
import { NodeHttpHandler } from "@smithy/node-http-handler";

/** The clients that the checks ask with; each operation that is called reads only. */
export interface AwsClients {
  readonly sts: STSClient;
  readonly kinesis: KinesisClient;
  readonly lambda: LambdaClient;
  readonly s3: S3Client;
  readonly ecr: ECRClient;
  readonly quotas: ServiceQuotasClient;
}

const CONNECTION_TIMEOUT_MS = 5_000;
const REQUEST_TIMEOUT_MS = 15_000;

/** Clients of real AWS with the caller's own credentials. @param endpoint asks this address instead, for tests */
export function awsClients(endpoint?: string): AwsClients {
  // Kinesis's own handler speaks HTTP/2 and needs no better reason to differ from the others here.
  const requestHandler = new NodeHttpHandler({
    connectionTimeout: CONNECTION_TIMEOUT_MS,
    requestTimeout: REQUEST_TIMEOUT_MS,
  });
  const shared = { requestHandler, ...(endpoint && { endpoint }) };
  const sts = new STSClient(shared);
  // Looked for once, by one client: a chain without an answer takes seconds.
  const { credentials } = sts.config;
  const config = { ...shared, credentials };
  return {
    sts,
    kinesis: new KinesisClient(config),
    lambda: new LambdaClient(config),
    s3: new S3Client({ ...config, forcePathStyle: endpoint !== undefined }),
    ecr: new ECRClient(config),
    quotas: new ServiceQuotasClient(config),
  };
}
