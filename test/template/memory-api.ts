import { arn } from "../../emulator/core/arn.ts";
import type { Clock } from "../../emulator/core/clock.ts";
import { SystemClock } from "../../emulator/core/clock.ts";
import { AwsError } from "../../emulator/core/errors.ts";
import type { Scope } from "../../emulator/core/service.ts";
import type { AwsApi, AwsServiceName } from "../../emulator/template/api.ts";

type Input = Readonly<Record<string, unknown>>;
type Handler = (input: Input) => object;

/** A resource of the API below, with how many more times a description shows it under way. */
interface Held {
  readonly input: Input;
  pending: number;
}

/**
 * AWS's API in memory: it keeps what is created, refuses doubles and what is missing, and answers
 * that a resource is under way a few times before it is ready. Records each call in order.
 */
export class MemoryApi implements AwsApi {
  readonly clock: Clock = new SystemClock();
  readonly scope: Scope;
  readonly calls: { service: AwsServiceName; operation: string; input: Input }[] = [];
  readonly streams = new Map<string, Held>();
  readonly functions = new Map<string, Held>();
  readonly mappings = new Map<string, Held>();
  readonly buckets = new Map<string, Map<string, Uint8Array>>();
  readonly models = new Map<string, Held>();
  readonly configs = new Map<string, Held>();
  readonly endpoints = new Map<string, Held>();
  /** Why endpoints fail, if they do. */
  endpointFailure: string | undefined;
  /** Why updates of endpoints fail, if they do: the endpoint then goes on with what it had. */
  updateFailure: string | undefined;
  /** How often a description shows a new resource as not ready. */
  readonly #pendingReads: number;

  constructor({ region = "us-east-1", pendingReads = 1 } = {}) {
    this.scope = { accountId: "000000000000", region };
    this.#pendingReads = pendingReads;
  }

  /** The names of the operations called so far, without the reads. */
  get writes(): string[] {
    const reads = /^(Describe|Get|List)/;
    return this.calls.map(({ operation }) => operation).filter((name) => !reads.test(name));
  }

  /** The input of the only call of an operation. */
  input(operation: string): Input {
    const found = this.calls.filter((call) => call.operation === operation);
    if (found.length !== 1) throw new Error(`${operation} was called ${found.length} times`);
    return found[0]?.input ?? {};
  }

  async call<Out>(service: AwsServiceName, operation: string, input: object): Promise<Out> {
    this.calls.push({ service, operation, input: input as Input });
    await new Promise((resolve) => setImmediate(resolve));
    const handler = this.#handlers[`${service}.${operation}`];
    if (!handler) throw new AwsError("UnknownOperationException", `${service}.${operation}`);
    return handler(input as Input) as Out;
  }

  readonly #handlers: Readonly<Record<string, Handler>> = {
    "kinesis.CreateStream": (input) => this.#add(this.streams, text(input.StreamName), input),
    "kinesis.DescribeStreamSummary": ({ StreamName }) => {
      const StreamStatus = this.#ready(this.streams, StreamName) ? "ACTIVE" : "CREATING";
      const { RetentionPeriodHours } = this.#get(this.streams, StreamName).input;
      return { StreamDescriptionSummary: { StreamName, StreamStatus, RetentionPeriodHours } };
    },
    "kinesis.IncreaseStreamRetentionPeriod": (input) => this.#change(this.streams, input),
    "kinesis.DecreaseStreamRetentionPeriod": (input) => this.#change(this.streams, input),
    "kinesis.AddTagsToStream": (input) => this.#change(this.streams, input),
    "kinesis.DeleteStream": ({ StreamName }) => this.#remove(this.streams, StreamName),

    "lambda.CreateFunction": (input) => {
      const name = text(input.FunctionName);
      this.#add(this.functions, name, input);
      return { FunctionArn: arn("lambda", this.scope, `function:${name}`) };
    },
    "lambda.GetFunction": ({ FunctionName }) => {
      const State = this.#ready(this.functions, FunctionName) ? "Active" : "Pending";
      return { Configuration: { State } };
    },
    "lambda.DeleteFunction": ({ FunctionName }) => this.#remove(this.functions, FunctionName),
    "lambda.CreateEventSourceMapping": (input) => {
      const UUID = `mapping-${this.mappings.size + 1}`;
      this.#add(this.mappings, UUID, input);
      const EventSourceMappingArn = arn("lambda", this.scope, `event-source-mapping:${UUID}`);
      return { UUID, EventSourceMappingArn };
    },
    "lambda.GetEventSourceMapping": ({ UUID }) => {
      return { UUID, State: this.#ready(this.mappings, UUID) ? "Enabled" : "Creating" };
    },
    "lambda.DeleteEventSourceMapping": ({ UUID }) => this.#remove(this.mappings, UUID),

    "lambda.PutFunctionConcurrency": () => ({}),
    "lambda.PublishVersion": ({ FunctionName }) => {
      const FunctionArn = arn("lambda", this.scope, `function:${FunctionName}:1`);
      return { FunctionArn, Version: "1" };
    },
    "lambda.CreateAlias": ({ FunctionName, Name }) => {
      return { AliasArn: arn("lambda", this.scope, `function:${FunctionName}:${Name}`) };
    },
    "lambda.DeleteAlias": () => ({}),
    "lambda.PutFunctionEventInvokeConfig": ({ FunctionName, Qualifier }) => {
      return { FunctionArn: arn("lambda", this.scope, `function:${FunctionName}:${Qualifier}`) };
    },
    "lambda.DeleteFunctionEventInvokeConfig": () => ({}),

    "s3.PutBucketWebsite": () => ({}),
    "s3.PutBucketCors": () => ({}),
    "s3.CreateBucket": ({ Bucket }) => {
      if (this.buckets.has(text(Bucket))) throw new AwsError("BucketAlreadyOwnedByYou", "taken");
      this.buckets.set(text(Bucket), new Map());
      return {};
    },
    "s3.PutObject": ({ Bucket, Key, Body }) => {
      this.#bucket(Bucket).set(text(Key), Body as Uint8Array);
      return {};
    },
    // Two keys a page, so that a bucket with more takes several.
    "s3.ListObjectsV2": ({ Bucket }) => {
      const keys = [...this.#bucket(Bucket).keys()].slice(0, 2);
      return { Contents: keys.map((Key) => ({ Key })) };
    },
    "s3.DeleteObjects": ({ Bucket, Delete }) => {
      const { Objects } = Delete as { Objects: { Key: string }[] };
      for (const { Key } of Objects) this.#bucket(Bucket).delete(Key);
      return {};
    },
    "s3.DeleteBucket": ({ Bucket }) => {
      if (this.#bucket(Bucket).size > 0) throw new AwsError("BucketNotEmpty", "not empty");
      this.buckets.delete(text(Bucket));
      return {};
    },

    "sagemaker.CreateModel": (input) => {
      this.#add(this.models, text(input.ModelName), input);
      return { ModelArn: this.#sagemakerArn("model", input.ModelName) };
    },
    "sagemaker.DeleteModel": ({ ModelName }) => this.#remove(this.models, ModelName),
    "sagemaker.CreateEndpointConfig": (input) => {
      this.#add(this.configs, text(input.EndpointConfigName), input);
      return { EndpointConfigArn: this.#sagemakerArn("endpoint-config", input.EndpointConfigName) };
    },
    "sagemaker.DeleteEndpointConfig": ({ EndpointConfigName }) =>
      this.#remove(this.configs, EndpointConfigName),
    "sagemaker.CreateEndpoint": (input) => {
      this.#add(this.endpoints, text(input.EndpointName), input);
      return { EndpointArn: this.#sagemakerArn("endpoint", input.EndpointName) };
    },
    "sagemaker.DescribeEndpoint": ({ EndpointName }) => {
      if (!this.endpoints.has(text(EndpointName))) {
        throw new AwsError("ValidationException", `Could not find endpoint "${EndpointName}".`);
      }
      if (!this.#ready(this.endpoints, EndpointName)) return { EndpointStatus: "Creating" };
      const { EndpointConfigName } = this.#get(this.endpoints, EndpointName).input;
      if (!this.endpointFailure) {
        const FailureReason = this.updateFailure;
        return { EndpointStatus: "InService", EndpointConfigName, FailureReason };
      }
      return { EndpointStatus: "Failed", FailureReason: this.endpointFailure };
    },
    "sagemaker.UpdateEndpoint": ({ EndpointName, EndpointConfigName }) => {
      const held = this.#get(this.endpoints, EndpointName);
      const input = this.updateFailure ? held.input : { ...held.input, EndpointConfigName };
      this.endpoints.set(text(EndpointName), { input, pending: this.#pendingReads });
      return {};
    },
    "sagemaker.DeleteEndpoint": ({ EndpointName }) => this.#remove(this.endpoints, EndpointName),
  };

  #sagemakerArn(kind: string, name: unknown): string {
    return arn("sagemaker", this.scope, `${kind}/${text(name).toLowerCase()}`);
  }

  #add(held: Map<string, Held>, name: string, input: Input): object {
    if (held.has(name)) throw new AwsError("ResourceInUseException", `${name} already exists.`);
    held.set(name, { input, pending: this.#pendingReads });
    return {};
  }

  #get(held: Map<string, Held>, name: unknown): Held {
    const found = held.get(text(name));
    if (!found) throw new AwsError("ResourceNotFoundException", `${name} not found.`);
    return found;
  }

  /** A stream, with members of its input replaced. */
  #change(held: Map<string, Held>, change: Input): object {
    const name = text(change.StreamName);
    const { input, pending } = this.#get(held, name);
    held.set(name, { input: { ...input, ...change }, pending });
    return {};
  }

  #ready(held: Map<string, Held>, name: unknown): boolean {
    const found = this.#get(held, name);
    found.pending -= 1;
    return found.pending < 0;
  }

  #remove(held: Map<string, Held>, name: unknown): object {
    this.#get(held, name);
    held.delete(text(name));
    return {};
  }

  #bucket(name: unknown): Map<string, Uint8Array> {
    const found = this.buckets.get(text(name));
    if (!found) throw new AwsError("NoSuchBucket", "The specified bucket does not exist");
    return found;
  }
}

function text(value: unknown): string {
  return String(value);
}
