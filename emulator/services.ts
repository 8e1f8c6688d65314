import { embeddedRecordSource } from "./backends/embedded.ts";
import type { TankContext } from "./core/context.ts";
import { WavetankError } from "./core/errors.ts";
import { inProcessModels } from "./model-server/in-process.ts";
import { kinesis } from "./services/kinesis/index.ts";
import { lambda } from "./services/lambda/index.ts";
import { s3 } from "./services/s3/index.ts";
import { sagemaker } from "./services/sagemaker/index.ts";
import { sagemakerRuntime } from "./services/sagemaker-runtime/index.ts";

export interface ServicesNeeds {
  readonly context: TankContext;
  /** The tank's own address, for functions to call; known once it listens. */
  endpointUrl(): string;
  /** The function behind the Runtime Interface Emulator's path, where several are deployed. */
  readonly rieFunction?: string | undefined;
}

/**
 * The registry: every service of the tank, and what each is handed of the others. They start in this order
 * and stop in reverse: functions before the streams, endpoints and buckets that they use. S3 is asked last
 * for a route, since it takes every path.
 */
export function services({ context, endpointUrl, rieFunction }: ServicesNeeds) {
  const kinesisService = kinesis(context);
  const s3Service = s3(context);
  const sagemakerService = sagemaker(context, {
    artifacts: { read: async (uri) => s3Service.engine.read(...bucketAndKey(uri)) },
    host: inProcessModels(),
  });
  const lambdaService = lambda(context, {
    endpointUrl,
    codeArtifacts: { read: async (bucket, key) => s3Service.engine.read(bucket, key) },
    objects: {
      write: async (bucket, key, body) => s3Service.engine.write(bucket, key, body),
    },
    recordSource: (streamArn) =>
      embeddedRecordSource(kinesisService.engine, { streamArn, clock: context.clock }),
    ...(rieFunction && { rieFunction }),
  });
  return {
    kinesis: kinesisService,
    sagemaker: sagemakerService,
    sagemakerRuntime: sagemakerRuntime(context, { endpoints: sagemakerService.engine }),
    lambda: lambdaService,
    s3: s3Service,
  };
}

function bucketAndKey(uri: string): [bucket: string, key: string] {
  const [, bucket, key] = /^s3:\/\/([^/]+)\/(.+)$/.exec(uri) ?? [];
  if (bucket && key) return [bucket, key];
  throw new WavetankError("ERR_MODEL", `${uri} names no object in S3.`, {
    hint: "Write it as s3://bucket/path/model.tar.gz.",
  });
}
