import { createHash } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { ApplicationAutoScalingClient } from "@aws-sdk/client-application-auto-scaling";
import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import {
  CreateEndpointCommand,
  CreateEndpointConfigCommand,
  CreateModelCommand,
  DescribeEndpointCommand,
  type DescribeEndpointOutput,
  type ProductionVariant,
  SageMakerClient,
} from "@aws-sdk/client-sagemaker";
import { SageMakerRuntimeClient } from "@aws-sdk/client-sagemaker-runtime";
import { create } from "tar";
import { scaledVariants } from "../../../emulator/backends/scaled-variants.ts";
import { type Clock, SystemClock } from "../../../emulator/core/clock.ts";
import { Events, type TankEvent } from "../../../emulator/core/events.ts";
import type { Scope } from "../../../emulator/core/service.ts";
import { TemporaryFolder } from "../../../emulator/core/temporary-folder.ts";
import { Edge } from "../../../emulator/edge/edge.ts";
import { EdgeServer } from "../../../emulator/edge/server.ts";
import { inProcessModels } from "../../../emulator/model-server/in-process.ts";
import {
  type ApplicationAutoScalingEngine,
  applicationAutoScaling,
} from "../../../emulator/services/application-autoscaling/index.ts";
import { type CloudWatchEngine, cloudwatch } from "../../../emulator/services/cloudwatch/index.ts";
import {
  type CloudWatchLogsEngine,
  cloudwatchLogs,
} from "../../../emulator/services/cloudwatch-logs/index.ts";
import { type ModelHost, sagemaker } from "../../../emulator/services/sagemaker/index.ts";
import { sagemakerRuntime } from "../../../emulator/services/sagemaker-runtime/index.ts";
import { modelPath } from "../../model-server/models.ts";
import { until } from "../../support/tank.ts";

/** A model.tar.gz as a training job leaves it: the model under the name model.onnx. */
export function modelArchive(name: string): Promise<Buffer> {
  return archiveOf(modelPath(name));
}

/** The same of any model. */
export async function archiveOf(path: string): Promise<Buffer> {
  const options = {
    cwd: dirname(path),
    gzip: true,
    onWriteEntry: (entry: { path: string }) => {
      entry.path = "model.onnx";
    },
  };
  const chunks: Buffer[] = [];
  for await (const chunk of create(options, [basename(path)])) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** An archive of text files by their paths. */
export async function archiveOfFiles(files: Readonly<Record<string, string>>): Promise<Buffer> {
  const folder = new TemporaryFolder("archive");
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder.path, path)), { recursive: true });
    await writeFile(join(folder.path, path), content);
  }
  const chunks: Buffer[] = [];
  const packed = create({ cwd: folder.path, gzip: true }, Object.keys(files));
  for await (const chunk of packed) chunks.push(chunk as Buffer);
  await folder.remove();
  return Buffer.concat(chunks);
}

interface Content {
  readonly body: Uint8Array;
  readonly contentType?: string | undefined;
}

/** Objects by s3:// URI, in the place of S3. */
export class ObjectShelf {
  readonly objects = new Map<string, Uint8Array>();
  /** The content types that services have given to objects. */
  readonly types = new Map<string, string | undefined>();

  async read(uri: string, _scope?: Scope): Promise<Uint8Array> {
    const bytes = this.objects.get(uri);
    if (!bytes) throw new Error("The specified key does not exist.");
    return bytes;
  }

  /** The same by bucket and key. */
  readonly store = {
    read: (bucket: string, key: string) => this.read(`s3://${bucket}/${key}`),
    write: (bucket: string, key: string, content: Content) => this.write(bucket, key, content),
    list: async (bucket: string, prefix: string) => {
      const root = `s3://${bucket}/`;
      const uris = [...this.objects.keys()].filter((uri) => uri.startsWith(`${root}${prefix}`));
      return uris.map((uri) => uri.slice(root.length)).sort();
    },
  };

  async version(uri: string, scope: Scope): Promise<string> {
    return createHash("md5")
      .update(await this.read(uri, scope))
      .digest("hex");
  }

  async write(bucket: string, key: string, content: Content): Promise<void> {
    if (bucket === "absent") throw new Error("The specified bucket does not exist");
    this.put(`s3://${bucket}/${key}`, content);
  }

  put(uri: string, { body, contentType }: Content): void {
    this.objects.set(uri, body);
    this.types.set(uri, contentType);
  }
}

export const PLAIN_VARIANT = {
  VariantName: "AllTraffic",
  ModelName: "model",
  InstanceType: "ml.m5.large",
  InitialInstanceCount: 1,
} as const;

/** SageMaker alone behind an edge of its own, with real clients that point at it. */
export class HostingTank {
  readonly artifacts = new ObjectShelf();
  readonly events: TankEvent[] = [];
  readonly engine;
  readonly autoscaling: ApplicationAutoScalingEngine;
  readonly cloudwatch: CloudWatchEngine;
  readonly logs: CloudWatchLogsEngine;
  readonly #server: EdgeServer;
  readonly #clients: { destroy(): void }[] = [];
  #client: SageMakerClient | undefined;
  #runtime: SageMakerRuntimeClient | undefined;
  #scaling: ApplicationAutoScalingClient | undefined;
  #alarms: CloudWatchClient | undefined;
  #port = 0;

  constructor({ clock = new SystemClock(), host }: { clock?: Clock; host?: ModelHost }) {
    const events = new Events();
    events.on((event) => this.events.push(event));
    const alarms = cloudwatch({ clock, events, enforceLimits: true });
    this.cloudwatch = alarms.engine;
    const logs = cloudwatchLogs({ clock, events, enforceLimits: true });
    this.logs = logs.engine;
    const context = {
      clock,
      events,
      enforceLimits: true,
      metrics: alarms.engine,
      logs: logs.engine,
    };
    const needs = {
      artifacts: this.artifacts,
      host: host ?? inProcessModels(),
      captureStore: this.artifacts,
      store: this.artifacts.store,
      alarms: alarms.engine,
      isScaled: (owner: Scope, name: { endpoint: string; variant: string }) =>
        this.autoscaling.has(owner, name),
    };
    const control = sagemaker(context, needs);
    this.engine = control.engine;
    const variants = scaledVariants(control.engine);
    const autoscaling = applicationAutoScaling(context, {
      variants,
      alarms: alarms.engine,
    });
    this.autoscaling = autoscaling.engine;
    const runtime = sagemakerRuntime(context, {
      endpoints: control.engine,
      objects: {
        read: (uri) => this.artifacts.read(uri),
        contentType: async (uri) => this.artifacts.types.get(uri),
        write: async (uri, content) => this.artifacts.put(uri, content),
      },
    });
    const services = [control, runtime, autoscaling, alarms];
    const edge = new Edge(services, {
      clock,
      events,
      allowedHosts: new Set(),
      defaultRegion: "us-east-1",
      local: {},
    });
    this.#server = new EdgeServer(edge, {
      host: "127.0.0.1",
      port: 0,
      maxBodyBytes: 64 * 1024 * 1024,
    });
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  async start(): Promise<void> {
    this.#port = await this.#server.listen();
  }

  get client(): SageMakerClient {
    this.#client ??= this.#kept(new SageMakerClient(this.#config()));
    return this.#client;
  }

  get runtime(): SageMakerRuntimeClient {
    this.#runtime ??= this.#kept(new SageMakerRuntimeClient(this.#config()));
    return this.#runtime;
  }

  get alarms(): CloudWatchClient {
    this.#alarms ??= this.#kept(new CloudWatchClient(this.#config()));
    return this.#alarms;
  }

  get scaling(): ApplicationAutoScalingClient {
    this.#scaling ??= this.#kept(new ApplicationAutoScalingClient(this.#config()));
    return this.#scaling;
  }

  /** Creates a model whose data is one of the tests' ONNX models. */
  async addModel(name: string, onnx = "linear"): Promise<void> {
    const uri = `s3://models/${name}/model.tar.gz`;
    this.artifacts.objects.set(uri, await modelArchive(onnx));
    const container = { Image: "models/server:1", ModelDataUrl: uri };
    await this.client.send(
      new CreateModelCommand({ ModelName: name, PrimaryContainer: container }),
    );
  }

  /** Creates an endpoint configuration; variants differ from a plain one by what is given. */
  async addConfig(name: string, ...variants: Partial<ProductionVariant>[]): Promise<void> {
    const command = new CreateEndpointConfigCommand({
      EndpointConfigName: name,
      ProductionVariants: variants.map((variant) => ({ ...PLAIN_VARIANT, ...variant })),
    });
    await this.client.send(command);
  }

  /** Creates an endpoint, and waits until it is no longer Creating. */
  async addEndpoint(name: string, config: string): Promise<DescribeEndpointOutput> {
    const command = { EndpointName: name, EndpointConfigName: config };
    await this.client.send(new CreateEndpointCommand(command));
    return this.settled(name);
  }

  settled(name: string): Promise<DescribeEndpointOutput> {
    return until(async () => {
      const described = await this.described(name);
      const { EndpointStatus: status } = described;
      return status !== "Creating" && status !== "Updating" && described;
    });
  }

  described(name: string): Promise<DescribeEndpointOutput> {
    return this.client.send(new DescribeEndpointCommand({ EndpointName: name }));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const client of this.#clients) client.destroy();
    await this.#server.close();
    await this.autoscaling.stop();
    await this.cloudwatch.stop();
    await this.engine.stop();
  }

  #config() {
    return {
      endpoint: this.url,
      region: "us-east-1",
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
      maxAttempts: 1,
    };
  }

  #kept<T extends { destroy(): void }>(client: T): T {
    this.#clients.push(client);
    return client;
  }
}

export async function startHosting(
  options: { clock?: Clock; host?: ModelHost } = {},
): Promise<HostingTank> {
  const tank = new HostingTank(options);
  await tank.start();
  return tank;
}

/** The name and text of the error that a call ends with. */
export async function faultOf(call: Promise<unknown>): Promise<string> {
  const error = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return error instanceof Error ? `${error.name}: ${error.message}` : "no error";
}
