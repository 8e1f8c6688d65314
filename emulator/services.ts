import type { TankContext } from "./core/context.ts";
import { WavetankError } from "./core/errors.ts";
import { inProcessModels } from "./model-server/in-process.ts";
import { kinesis } from "./services/kinesis/index.ts";
import { s3 } from "./services/s3/index.ts";
import { sagemaker } from "./services/sagemaker/index.ts";
import { sagemakerRuntime } from "./services/sagemaker-runtime/index.ts";

export interface ServicesNeeds {
  readonly context: TankContext;
  /** The tank's own address, for functions to call; known once it listens. */
  endpointUrl(): string;
}

/**
 * The registry: every service of the tank, and what each is handed of the others. They start in this order.
 * S3 comes last, since it takes every path that nobody else takes.
 */
export function services({ context }: ServicesNeeds) {
  const kinesisService = kinesis(context);
  const s3Service = s3(context);
  const sagemakerService = sagemaker(context, {
    artifacts: { read: async (uri) => s3Service.engine.read(...bucketAndKey(uri)) },
    host: inProcessModels(),
  });
  return {
    kinesis: kinesisService,
    sagemaker: sagemakerService,
    sagemakerRuntime: sagemakerRuntime(context, { endpoints: sagemakerService.engine }),
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
