import { asyncFunctions } from "./backends/async-functions.ts";
import type { Backends } from "./backends/backends.ts";
import { destinations } from "./backends/destinations.ts";
import { embeddedRecordSource } from "./backends/embedded.ts";
import { modelContainers } from "./backends/model-container.ts";
import { NotificationRelay, type NotificationRelayOptions } from "./backends/notification-relay.ts";
import { relayedNotifications } from "./backends/relayed-notifications.ts";
import { remoteInvoker } from "./backends/remote-functions.ts";
import { type ObjectContent, type Objects, remoteObjects } from "./backends/remote-objects.ts";
import { remoteRecordSource } from "./backends/remote-stream.ts";
import { scaledVariants } from "./backends/scaled-variants.ts";
import type { BackendSettings } from "./backends/settings.ts";
import type { TankContext } from "./core/context.ts";
import { WavetankError } from "./core/errors.ts";
import type { Scope, Service } from "./core/service.ts";
import { inProcessModels } from "./model-server/in-process.ts";
import { apiGateway } from "./services/api-gateway/index.ts";
import { apiGatewayV2 } from "./services/api-gateway-v2/index.ts";
import { applicationAutoScaling } from "./services/application-autoscaling/index.ts";
import { cloudwatch } from "./services/cloudwatch/index.ts";
import { cloudwatchLogs } from "./services/cloudwatch-logs/index.ts";
import { dynamodb } from "./services/dynamodb/index.ts";
import { kinesis } from "./services/kinesis/index.ts";
import { lambda } from "./services/lambda/index.ts";
import { type NotificationTargets, type S3Engine, s3 } from "./services/s3/index.ts";
import { sagemaker } from "./services/sagemaker/index.ts";
import { sagemakerRuntime } from "./services/sagemaker-runtime/index.ts";
import { sqs } from "./services/sqs/index.ts";

export interface ServicesNeeds {
  readonly context: TankContext;
  /** The tank's own address, for functions to call; known once it listens. */
  endpointUrl(): string;
  /** The function behind the Runtime Interface Emulator's path, where several are deployed. */
  readonly rieFunction?: string | undefined;
  /** Whose buckets and functions the tank itself asks for, where they stand elsewhere. */
  readonly scope: Scope;
  readonly backends: Backends;
  /** How many times faster than AWS's the minutes of scaling pass; 1 when absent. */
  readonly fastScaling?: number | undefined;
}

/**
 * The registry: every service of the tank, and what each is handed of the others. They start in this order
 * and stop in reverse: functions before the streams, endpoints and buckets that they use. S3 is asked last
 * for a route, since it takes every path.
 */
export function services(needs: ServicesNeeds) {
  const { endpointUrl, rieFunction, scope, backends, fastScaling = 1 } = needs;
  // Whole, so that no moment falls between two periods.
  const periodMs = Math.max(1, Math.round(60_000 / fastScaling));
  const cloudwatchService = cloudwatch(needs.context, { minuteMs: periodMs });
  const logsService = cloudwatchLogs(needs.context);
  const context: TankContext = {
    ...needs.context,
    metrics: cloudwatchService.engine,
    logs: logsService.engine,
  };
  const { clock } = context;
  const { functions = {}, modelServers = {}, backends: placed = {} } = backends.settings;

  const kinesisService = backends.place("kinesis", kinesis(context));
  const sqsService = backends.place("sqs", sqs(context, { endpointUrl }));
  const notified: NotificationTargets["functions"] = {
    allowsS3: (functionArn) => functionsAsync.allows(functionArn, "s3.amazonaws.com"),
    invokeAsync: (functionArn, payload) => functionsAsync.invoke(functionArn, payload),
  };
  const s3Service = backends.place(
    "s3",
    s3(context, {
      functions: notified,
      queues: { send: (queueArn, body) => told.send(queueArn, body) },
    }),
  );
  const objects = s3Service.remote
    ? remoteObjects(s3Service.remote, scope)
    : embeddedObjects(s3Service.engine);
  const sagemakerService = backends.place(
    "sagemaker",
    sagemaker(context, {
      artifacts: byUri(objects),
      captureStore: objects,
      store: objects,
      host: modelContainers(modelServers, { otherwise: inProcessModels(), clock }),
      periodMs,
      isScaled: (owner, name): boolean => scalingService.engine.has(owner, name),
      alarms: cloudwatchService.engine,
    }),
  );
  const scalingService = backends.place(
    "sagemaker",
    applicationAutoScaling(context, {
      variants: scaledVariants(sagemakerService.engine),
      alarms: cloudwatchService.engine,
      periodMs,
    }),
  );

  const lambdaClient = { name: "lambda", model: () => import("@aws-sdk/client-lambda") };
  const lambdaRemote = backends.remote("lambda", lambdaClient);
  const invoker = lambdaRemote && remoteInvoker(lambdaRemote, scope);
  const told = destinations({
    queues: sqsService,
    functions: { invoke: (arn, payload) => functionsAsync.invoke(arn, payload) },
    objects,
  });
  const lambdaService = lambda(context, {
    endpointUrl,
    codeArtifacts: objects,
    destinations: told,
    deadLetters: told,
    containers: functions,
    recordSource: (streamArn) =>
      kinesisService.remote
        ? remoteRecordSource(kinesisService.remote, { streamArn, clock })
        : embeddedRecordSource(kinesisService.engine, { streamArn, clock }),
    ...(invoker && { invoker }),
    ...(rieFunction && { rieFunction }),
  });
  const functionsAsync = asyncFunctions(
    lambdaRemote && invoker
      ? { remote: lambdaRemote, invoker, scope }
      : { embedded: lambdaService.engine },
  );
  const queuesBeside = lambdaRemote ? undefined : backends.beside("s3", sqsService);
  const invoked = { functions: invoker ?? lambdaService.engine.invoker };
  return {
    cloudwatch: cloudwatchService,
    cloudwatchLogs: logsService,
    kinesis: kinesisService,
    sqs: sqsService,
    dynamodb: backends.place("dynamodb", dynamodb(context)),
    sagemaker: sagemakerService,
    sagemakerRuntime: backends.place(
      "sagemaker",
      sagemakerRuntime(context, {
        endpoints: sagemakerService.engine,
        objects: byUri(objects),
        periodMs,
      }),
    ),
    applicationAutoScaling: scalingService,
    lambda: lambdaRemote
      ? { ...lambdaService, operations: keptOf(lambdaService, placed), remote: lambdaRemote }
      : lambdaService,
    apiGateway: apiGateway(context, invoked),
    apiGatewayV2: apiGatewayV2(context, invoked),
    s3: queuesBeside
      ? notifiedHere(s3Service, { context, queues: queuesBeside, functions: notified })
      : s3Service,
  };
}

/** Buckets that stand elsewhere, and functions that do not. */
function notifiedHere(service: Service, options: NotificationRelayOptions): Service {
  if (!service.remote) return service;
  const operations = relayedNotifications(service.remote);
  return { ...service, operations, engine: new NotificationRelay(options) };
}

/** A stream that functions elsewhere cannot read is read for them here. */
function keptOf(
  { operations }: Service,
  { kinesis, lambda }: NonNullable<BackendSettings["backends"]>,
): Service["operations"] {
  if (kinesis === lambda) return {};
  const named = Object.entries(operations).filter(([name]) => name.includes("EventSourceMapping"));
  return Object.fromEntries(named);
}

function embeddedObjects(s3: S3Engine): Objects {
  return {
    read: async (bucket, key) => s3.read(bucket, key),
    version: async (bucket, key) => s3.object(bucket, key).etag,
    list: async (bucket, prefix) => s3.keys(bucket, prefix),
    contentType: async (bucket, key) => s3.object(bucket, key).headers.ContentType,
    write: async (bucket, key, content) => s3.write(bucket, { ...content, key }),
  };
}

/** Objects by s3://bucket/key. */
function byUri(objects: Objects) {
  return {
    read: async (uri: string) => objects.read(...bucketAndKey(uri)),
    version: async (uri: string) => objects.version(...bucketAndKey(uri)),
    contentType: async (uri: string) => objects.contentType(...bucketAndKey(uri)),
    write: async (uri: string, content: ObjectContent) =>
      objects.write(...bucketAndKey(uri), content),
  };
}

function bucketAndKey(uri: string): [bucket: string, key: string] {
  const [, bucket, key] = /^s3:\/\/([^/]+)\/(.+)$/.exec(uri) ?? [];
  if (bucket && key) return [bucket, key];
  throw new WavetankError("ERR_MODEL", `${uri} names no object in S3.`, {
    hint: "Write it as s3://bucket/path/model.tar.gz.",
  });
}
