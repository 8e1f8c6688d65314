import {
  CreateStream$,
  DescribeLimitsCommand,
  KinesisClient,
  ListStreams$,
  ListStreamsCommand,
  SplitShardCommand,
} from "@aws-sdk/client-kinesis";
import { expect, test } from "vitest";
import { ManualClock } from "../../emulator/core/clock.ts";
import { AwsError } from "../../emulator/core/errors.ts";
import { Events, type TankEvent } from "../../emulator/core/events.ts";
import { range, text } from "../../emulator/core/limits.ts";
import type { Call, Service } from "../../emulator/core/service.ts";
import type { EdgeOptions } from "../../emulator/edge/edge.ts";
import { clientConfig, edgeOf, recording, service, wireRequest } from "./in-process.ts";

const headers = (operation: string) => ({ "x-amz-target": `Kinesis_20131202.${operation}` });

function kinesis(parts: Partial<Service> = {}): Service {
  return service({
    name: "kinesis",
    target: "Kinesis_20131202",
    protocol: "aws-json-1.1",
    model: () => import("@aws-sdk/client-kinesis"),
    ...parts,
  });
}

const streams = () => ({ StreamNames: ["rides"], HasMoreStreams: false });

/** An edge that lists streams, and what it tells those who listen. */
function listening(
  options: Partial<EdgeOptions> = {},
  parts: Partial<Service["operations"][string]> = {},
) {
  const { operation, inputs } = recording(ListStreams$, streams);
  const ListStreams = { ...operation, ...parts };
  const events = new Events();
  const heard: TankEvent[] = [];
  events.on((event) => heard.push(event));
  const edge = edgeOf(kinesis({ operations: { ListStreams } }), { events, ...options });
  return { edge, heard, inputs };
}

test("a request is answered without a port", async () => {
  const { edge } = listening();
  const answer = await edge.handle(wireRequest({ headers: headers("ListStreams") }));
  expect(answer.status).toBe(200);
  expect(JSON.parse(String(answer.body))).toEqual(streams());
});

test("every answer has a request id of its own, errors too", async () => {
  const { edge } = listening();
  const ids = await Promise.all(
    ["ListStreams", "ListStreams", "SplitShard", "NoSuchThing"].map(async (name) => {
      const answer = await edge.handle(wireRequest({ headers: headers(name) }));
      return answer.headers["x-amzn-RequestId"];
    }),
  );
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/);
  expect(new Set(ids).size).toBe(4);
});

test("an operation that AWS has and the tank has not answers 501 and names it", async () => {
  const client = new KinesisClient(clientConfig(listening().edge));
  await expect(
    client.send(new SplitShardCommand({ ShardToSplit: "0", NewStartingHashKey: "1" })),
  ).rejects.toMatchObject({
    name: "NotImplemented",
    message: "SplitShard is not emulated by Wavetank; see emulator/services/kinesis/README.md",
    $metadata: { httpStatusCode: 501 },
  });
  await expect(client.send(new DescribeLimitsCommand({}))).rejects.toThrow("DescribeLimits");
});

test("an operation that AWS has not is unknown", async () => {
  const { edge } = listening();
  const answer = await edge.handle(wireRequest({ headers: headers("PutTide") }));
  expect(answer.status).toBe(400);
  expect(JSON.parse(String(answer.body))).toEqual({
    __type: "UnknownOperationException",
    message: "Unknown operation: Kinesis_20131202.PutTide",
  });
});

test("a request without target and path that anybody serves is unknown, and named", async () => {
  const { edge } = listening();
  const answer = await edge.handle(wireRequest({ method: "GET", path: "/favicon.ico" }));
  expect(JSON.parse(String(answer.body))).toEqual({
    __type: "UnknownOperationException",
    message: "Unknown operation: GET /favicon.ico",
  });
});

test("a foreign host and a foreign page are refused before any service is asked", async () => {
  const { edge, inputs } = listening();
  for (const [name, value] of [
    ["host", "evil.example"],
    ["origin", "https://evil.example"],
  ] as const) {
    const answer = await edge.handle(
      wireRequest({ headers: { ...headers("ListStreams"), [name]: value } }),
    );
    expect(answer.status).toBe(403);
    expect(JSON.parse(String(answer.body)).__type).toBe("AccessDeniedException");
  }
  expect(inputs).toEqual([]);
});

test("a body over the service's own bound answers 413", async () => {
  const { operation, inputs } = recording(ListStreams$, streams);
  const edge = edgeOf(kinesis({ operations: { ListStreams: operation }, maxBodyBytes: 100 }));
  const ask = (bytes: number) =>
    edge.handle(
      wireRequest({ headers: headers("ListStreams"), body: Buffer.from("{}".padEnd(bytes)) }),
    );
  expect((await ask(101)).status).toBe(413);
  expect(inputs).toHaveLength(0);
  expect((await ask(100)).status).toBe(200);
});

test("the signature decides the account and region of a call", async () => {
  const calls: Call[] = [];
  const clock = new ManualClock();
  const ListStreams = {
    schema: ListStreams$,
    handle(_engine: never, _input: object, call: Call) {
      calls.push(call);
      return streams();
    },
  };
  const edge = edgeOf(kinesis({ operations: { ListStreams } }), { clock });
  const config = clientConfig(edge);
  await new KinesisClient({
    ...config,
    region: "eu-west-1",
    credentials: { accessKeyId: "123456789012", secretAccessKey: "any" },
  }).send(new ListStreamsCommand({}));
  await new KinesisClient(config).send(new ListStreamsCommand({}));
  await edge.handle(wireRequest({ headers: headers("ListStreams") }));
  expect(calls.map(({ accountId, region, caller }) => [accountId, region, caller])).toEqual([
    ["123456789012", "eu-west-1", "123456789012"],
    ["000000000000", "us-east-1", "test"],
    ["000000000000", "us-east-1", ""],
  ]);
  expect(calls[0]?.clock).toBe(clock);
});

test("a call by name skips the wire but not the checks", async () => {
  const { operation, inputs } = recording(CreateStream$, () => undefined);
  const limits = { StreamName: text({ min: 1 }), ShardCount: range(1, 10) };
  const edge = edgeOf(kinesis({ operations: { CreateStream: { ...operation, limits } } }));
  const scope = { accountId: "1", region: "us-east-1" };
  const input = { StreamName: "rides", ShardCount: 2 };
  await edge.call("kinesis", "CreateStream", input, scope);
  expect(inputs).toEqual([input]);
  await expect(
    edge.call("kinesis", "CreateStream", { StreamName: "rides", ShardCount: 11 }, scope),
  ).rejects.toMatchObject({
    code: "ValidationException",
    message: expect.stringContaining("Value '11' at 'shardCount'"),
  });
  expect(inputs).toHaveLength(1);
});

test("a call of an operation or service that is not there says so", async () => {
  const { edge } = listening();
  const scope = { accountId: "1", region: "us-east-1" };
  for (const name of ["SplitShard", "toString", "constructor"]) {
    await expect(edge.call("kinesis", name, {}, scope)).rejects.toThrow(
      `${name} is not emulated by Wavetank`,
    );
  }
  await expect(edge.call("sqs", "ListQueues", {}, scope)).rejects.toThrow(
    "ListQueues is not emulated",
  );
});

test("a call fails with the error that a client would be told", async () => {
  const { operation } = recording(ListStreams$, () => {
    throw new AwsError("LimitExceededException", "Too many streams.");
  });
  const edge = edgeOf(kinesis({ operations: { ListStreams: operation } }));
  await expect(
    edge.call("kinesis", "ListStreams", {}, { accountId: "1", region: "r" }),
  ).rejects.toMatchObject({ code: "LimitExceededException", message: "Too many streams." });
});

test("paths of the tank's own are answered, behind the same guard", async () => {
  const local = {
    "GET /_wavetank/health": () => ({ status: 200, headers: {}, body: "fine" }),
    "GET /_wavetank/broken": () => {
      throw new Error("leak at /home/someone");
    },
  };
  const { edge } = listening({ local });
  const ask = (path: string, from = {}) =>
    edge.handle(wireRequest({ method: "GET", path, headers: from }));
  expect(await ask("/_wavetank/health")).toMatchObject({ status: 200, body: "fine" });
  expect((await ask("/_wavetank/health", { host: "evil.example" })).status).toBe(403);
  expect((await ask("/_wavetank/health", { origin: "null" })).status).toBe(403);
  expect(await ask("/_wavetank/broken")).toMatchObject({
    status: 500,
    body: JSON.stringify({ message: "Internal Service Failure" }),
  });
});

test("a request that was served is told to who listens, with how long it took", async () => {
  const clock = new ManualClock();
  const { edge, heard } = listening(
    { clock },
    {
      async handle() {
        await clock.advance(7);
        return streams();
      },
      summarize: () => "1 stream",
    },
  );
  const at = clock.now();
  await edge.handle(wireRequest({ headers: headers("ListStreams") }));
  expect(heard).toEqual([
    {
      type: "request",
      at,
      service: "kinesis",
      operation: "ListStreams",
      status: 200,
      durationMs: 7,
      detail: "1 stream",
      requestId: expect.any(String),
    },
  ]);
});

test("a request that failed is told with its error", async () => {
  const { edge, heard } = listening();
  await edge.handle(wireRequest({ headers: headers("SplitShard") }));
  expect(heard).toMatchObject([
    {
      operation: "SplitShard",
      status: 501,
      detail: expect.stringMatching(/^NotImplemented: SplitShard is not emulated/),
    },
  ]);
});

test("our own fault is a warning with its stack for us, and says nothing to the client", async () => {
  const { edge, heard } = listening(
    {},
    {
      handle() {
        throw new TypeError("secret internals");
      },
    },
  );
  const answer = await edge.handle(wireRequest({ headers: headers("ListStreams") }));
  expect(answer).toMatchObject({
    status: 500,
    body: JSON.stringify({ __type: "InternalFailure", message: "Internal Service Failure" }),
  });
  expect(heard.map(({ type }) => type)).toEqual(["warning", "request"]);
  expect(heard[0]).toMatchObject({
    message: expect.stringMatching(/^internal error: TypeError: secret internals\n {4}at /),
  });
});
