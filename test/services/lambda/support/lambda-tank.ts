import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import {
  CreateFunctionCommand,
  type CreateFunctionCommandInput,
  GetFunctionConfigurationCommand,
  InvokeCommand,
  type InvokeCommandInput,
  LambdaClient,
} from "@aws-sdk/client-lambda";
import { strToU8, zipSync } from "fflate";
import { type Clock, ManualClock, SystemClock } from "../../../../emulator/core/clock.ts";
import { AwsError } from "../../../../emulator/core/errors.ts";
import { Events, type TankEvent } from "../../../../emulator/core/events.ts";
import type { LogEntry } from "../../../../emulator/core/logs.ts";
import { Edge } from "../../../../emulator/edge/edge.ts";
import { EdgeServer } from "../../../../emulator/edge/server.ts";
import type { LambdaNeeds } from "../../../../emulator/services/lambda/index.ts";
import { lambda } from "../../../../emulator/services/lambda/index.ts";
import { Measured } from "../../../support/measured.ts";
import { until } from "../../../support/tank.ts";

export const SCOPE = { accountId: "000000000000", region: "us-east-1" };
export const ROLE = "arn:aws:iam::000000000000:role/lambda-role";

export type Files = Readonly<Record<string, string>>;

/** A tank with nothing but Lambda in it, and options that only its tests need. */
export async function startLambdaTank(
  options: { clock?: Clock; needs?: Partial<LambdaNeeds> } = {},
): Promise<LambdaTank> {
  const tank = new LambdaTank(options);
  await tank.start();
  return tank;
}

export class LambdaTank {
  readonly clock: Clock;
  readonly events = new Events();
  readonly scope = SCOPE;
  readonly seen: TankEvent[] = [];
  readonly #metrics = new Measured();
  readonly measured = this.#metrics.all;
  readonly #logs: LogEntry[] = [];
  readonly engine;
  /** Objects that deployment packages are read from, by `bucket/key`. */
  readonly objects = new Map<string, Uint8Array>();
  readonly #server: EdgeServer;
  readonly #folders: string[] = [];
  #client: LambdaClient | undefined;
  #url = "";

  constructor(options: { clock?: Clock; needs?: Partial<LambdaNeeds> }) {
    this.clock = options.clock ?? new SystemClock();
    const metrics = this.#metrics;
    const service = lambda(
      {
        clock: this.clock,
        events: this.events,
        enforceLimits: true,
        metrics,
        logs: { append: (entry) => this.#logs.push(entry) },
      },
      {
        endpointUrl: () => this.#url,
        codeArtifacts: {
          read: async (bucket, key) => {
            const object = this.objects.get(`${bucket}/${key}`);
            if (object) return object;
            throw new AwsError("NoSuchKey", "The specified key does not exist.", { status: 404 });
          },
        },
        destinations: { send: async () => undefined, write: async () => undefined },
        deadLetters: { bury: async () => undefined },
        recordSource: () => {
          throw new Error("this tank has no streams");
        },
        ...options.needs,
      },
    );
    this.engine = service.engine;
    this.events.on((event) => this.seen.push(event));
    const edge = new Edge([service], {
      clock: this.clock,
      events: this.events,
      allowedHosts: new Set(),
      defaultRegion: SCOPE.region,
      local: {},
    });
    this.#server = new EdgeServer(edge, { host: "127.0.0.1", port: 0, maxBodyBytes: 1 << 30 });
  }

  get url(): string {
    return this.#url;
  }

  get lambda(): LambdaClient {
    this.#client ??= new LambdaClient({
      endpoint: this.#url,
      region: SCOPE.region,
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
      maxAttempts: 1,
    });
    return this.#client;
  }

  async start(): Promise<void> {
    this.#url = `http://127.0.0.1:${await this.#server.listen()}`;
    await this.engine.start();
  }

  /** A function's log events, oldest first. */
  logOf(functionName: string): LogEntry[] {
    return this.#logs.filter(({ group }) => group === `/aws/lambda/${functionName}`);
  }

  /** A folder of the test's own with these files in it. */
  folder(files: Files): string {
    const root = mkdtempSync(join(tmpdir(), "wavetank-test-"));
    this.#folders.push(root);
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, name)), { recursive: true });
      writeFileSync(join(root, name), text);
    }
    return root;
  }

  /** Creates a function from files and waits until it is Active, unless told not to. */
  async create(
    files: Files,
    input: Partial<CreateFunctionCommandInput> & {
      deploy?: "zip" | "folder";
      isSettled?: boolean;
    } = {},
  ): Promise<{ name: string; folder: string }> {
    const { deploy = "folder", isSettled = true, ...given } = input;
    const name = given.FunctionName ?? "score";
    const folder = deploy === "folder" ? this.folder(files) : "";
    const Code =
      deploy === "folder" ? { S3Bucket: "hot-reload", S3Key: folder } : { ZipFile: zipOf(files) };
    await this.lambda.send(
      new CreateFunctionCommand({
        FunctionName: name,
        Role: ROLE,
        Runtime: "nodejs22.x",
        Handler: "index.handler",
        Timeout: 20,
        // Starts are slow while the machine is busy, and processes large.
        MemorySize: 512,
        Code,
        ...given,
      }),
    );
    if (isSettled) await this.settled(name);
    return { name, folder };
  }

  /** Waits until a change of the function's state is through. */
  async settled(name: string): Promise<void> {
    if (this.clock instanceof ManualClock) await this.clock.advance(100);
    await until(async () => {
      const { State, LastUpdateStatus } = await this.lambda.send(
        new GetFunctionConfigurationCommand({ FunctionName: name }),
      );
      return State === "Active" && LastUpdateStatus === "Successful";
    });
  }

  /** Invokes and reads the answer. */
  async invoke(name: string, event: unknown = {}, input: Partial<InvokeCommandInput> = {}) {
    const answer = await this.lambda.send(
      new InvokeCommand({
        FunctionName: name,
        Payload: Buffer.from(JSON.stringify(event)),
        ...input,
      }),
    );
    const text = Buffer.from(answer.Payload ?? []).toString();
    return {
      answer,
      text,
      // biome-ignore lint/suspicious/noExplicitAny: whatever the test's own handler returned
      payload: (text === "" ? undefined : JSON.parse(text)) as any,
      error: answer.FunctionError,
      log: Buffer.from(answer.LogResult ?? "", "base64").toString(),
    };
  }

  async stop(): Promise<void> {
    await this.engine.stop();
    this.#client?.destroy();
    await this.#server.close();
    for (const folder of this.#folders) rmSync(folder, { recursive: true, force: true });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }
}

/** The same files make the same zip. */
export function zipOf(files: Files): Uint8Array {
  const entries = Object.entries(files).map(([name, text]) => [name, strToU8(text)]);
  return zipSync(Object.fromEntries(entries), { mtime: "2026-01-01" });
}
