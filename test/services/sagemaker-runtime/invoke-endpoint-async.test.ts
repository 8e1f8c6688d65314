import {
  type AsyncInferenceConfig,
  CreateEndpointConfigCommand,
  DescribeEndpointCommand,
} from "@aws-sdk/client-sagemaker";
import {
  InvokeEndpointAsyncCommand,
  type InvokeEndpointAsyncCommandInput,
  InvokeEndpointCommand,
} from "@aws-sdk/client-sagemaker-runtime";
import { expect, test } from "vitest";
import { ManualClock } from "../../../emulator/core/clock.ts";
import { until } from "../../support/tank.ts";
import { answer, GatedHost } from "../sagemaker/gated-host.ts";
import {
  faultOf,
  type HostingTank,
  PLAIN_VARIANT,
  startHosting,
} from "../sagemaker/hosting-tank.ts";

type Options = NonNullable<Parameters<typeof startHosting>[0]>;

const PLACES = { S3OutputPath: "s3://data/out/", S3FailurePath: "s3://data/failed" };
const INPUT = "s3://data/in/rides.csv";

function addConfig(tank: HostingTank, AsyncInferenceConfig: AsyncInferenceConfig) {
  const command = new CreateEndpointConfigCommand({
    EndpointConfigName: "config",
    ProductionVariants: [PLAIN_VARIANT],
    AsyncInferenceConfig,
  });
  return tank.client.send(command);
}

async function startLater(
  options: Options = {},
  config: AsyncInferenceConfig = { OutputConfig: PLACES },
): Promise<HostingTank> {
  const tank = await startHosting(options);
  await tank.addModel("model");
  await addConfig(tank, config);
  await tank.addEndpoint("Rides", "config");
  tank.artifacts.objects.set(INPUT, Buffer.from("130,205,3.66"));
  return tank;
}

function invoke(tank: HostingTank, input: Partial<InvokeEndpointAsyncCommandInput> = {}) {
  const plain = { EndpointName: "Rides", ContentType: "text/csv" };
  const place = input.Body ? {} : { InputLocation: INPUT };
  return tank.runtime.send(new InvokeEndpointAsyncCommand({ ...plain, ...place, ...input }));
}

function textAt(tank: HostingTank, uri: string | undefined): Promise<string> {
  return until(() => {
    const bytes = tank.artifacts.objects.get(uri ?? "");
    return bytes && Buffer.from(bytes).toString("utf8");
  });
}

function metricOf(tank: HostingTank, name: string, statistic: "Sum" | "SampleCount" = "Sum") {
  const scope = { accountId: "000000000000", region: "us-east-1" };
  const common = { scope, namespace: "AWS/SageMaker", name, statistic, periodMs: 60_000 };
  const dimensions = { EndpointName: "Rides" };
  return tank.cloudwatch
    .statistics({ ...common, dimensions, start: 0, end: Date.UTC(2100, 0, 1) })
    .map(({ value }) => value);
}

test("a request is taken with 202 and answered into S3", async () => {
  await using tank = await startLater();
  const { $metadata, InferenceId, OutputLocation, FailureLocation } = await invoke(tank);
  expect($metadata.httpStatusCode).toBe(202);
  expect(OutputLocation).toBe(`s3://data/out/${InferenceId}.out`);
  expect(FailureLocation).toBe(`s3://data/failed/${InferenceId}-error.out`);
  expect(await textAt(tank, OutputLocation)).toBe("25.300001\n");
  await until(() => metricOf(tank, "TotalProcessingTime").length > 0);
  expect(metricOf(tank, "InvocationsProcesssed")).toEqual([1]);
});

test("the caller may name the inference, the file and its folder, and send the body itself", async () => {
  await using tank = await startLater();
  const named = await invoke(tank, { InferenceId: "mine", Body: Buffer.from("1,2,3") });
  expect(named.OutputLocation).toBe("s3://data/out/mine.out");
  expect(await textAt(tank, named.OutputLocation)).toBe("8.72\n");
  const filed = await invoke(tank, { Filename: "a.csv", S3OutputPathExtension: "2026/11" });
  expect(filed.OutputLocation).toBe("s3://data/out/2026/11/a.csv");
  expect(await textAt(tank, filed.OutputLocation)).toBe("25.300001\n");
});

test("the reason of a failure is written beside", async () => {
  await using tank = await startLater();
  const { FailureLocation } = await invoke(tank, { Body: Buffer.from("1,2") });
  expect(JSON.parse(await textAt(tank, FailureLocation))).toMatchObject({
    ErrorType: "ModelError",
    OriginalStatusCode: 400,
    OriginalMessage: expect.stringContaining("expected rows of 3 numbers"),
  });
  const gone = await invoke(tank, { InputLocation: "s3://data/gone" });
  expect(await textAt(tank, gone.FailureLocation)).toContain("does not exist");
  await until(() => metricOf(tank, "TotalProcessingTime", "SampleCount")[0] === 2);
  expect(metricOf(tank, "InvocationFailures")).toEqual([1]);
  expect(metricOf(tank, "RequestDownloadFailures")).toEqual([1]);
});

test("an instance works on as many as it may, and the rest waits in the backlog", async () => {
  const clock = new ManualClock();
  let open = () => {};
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  const host = new GatedHost(async () => {
    await gate;
    return answer(200, "done");
  }).open();
  const ClientConfig = { MaxConcurrentInvocationsPerInstance: 2 };
  await using tank = await startLater({ clock, host }, { ClientConfig, OutputConfig: PLACES });
  const taken = await Promise.all([1, 2, 3, 4, 5].map(() => invoke(tank)));
  await until(() => host.requests.length === 2);
  await clock.advance(60_000);
  expect(host.requests).toHaveLength(2);
  expect(metricOf(tank, "ApproximateBacklogSize")).toEqual([5]);
  expect(metricOf(tank, "ApproximateAgeOfOldestRequest")).toEqual([60]);
  open();
  for (const { OutputLocation } of taken) {
    expect(await textAt(tank, OutputLocation)).toBe("done");
  }
  await clock.advance(60_000);
  expect(metricOf(tank, "ApproximateBacklogSize")).toEqual([5, 0]);
});

test("a request that waits longer than it may, or takes longer, fails", async () => {
  const clock = new ManualClock();
  let release = () => {};
  const first = new Promise<void>((resolve) => {
    release = resolve;
  });
  const host = new GatedHost(async () => {
    await first;
    return answer(200, "late");
  }).open();
  const ClientConfig = { MaxConcurrentInvocationsPerInstance: 1 };
  await using tank = await startLater({ clock, host }, { ClientConfig, OutputConfig: PLACES });
  const slow = await invoke(tank, { InvocationTimeoutSeconds: 90 });
  const waiting = await invoke(tank, { RequestTTLSeconds: 60 });
  await until(() => host.requests.length === 1);
  await clock.advance(90_000);
  expect(await textAt(tank, slow.FailureLocation)).toContain("timed out");
  expect(await textAt(tank, waiting.FailureLocation)).toContain("RequestTTLSeconds of 60");
  release();
});

test("an endpoint answers either now or later", async () => {
  await using tank = await startLater();
  const now = new InvokeEndpointCommand({ EndpointName: "Rides", Body: "1,2,3" });
  expect(await faultOf(tank.runtime.send(now))).toContain(
    "ValidationError: Endpoint Rides is asynchronous",
  );
  await tank.addConfig("plain", {});
  await tank.addEndpoint("Now", "plain");
  expect(await faultOf(invoke(tank, { EndpointName: "Now" }))).toContain(
    "ValidationError: Endpoint Now has no AsyncInferenceConfig",
  );
  expect(await faultOf(invoke(tank, { EndpointName: "absent" }))).toContain("not found");
});

test("a request has one input, of a size that AWS takes", async () => {
  await using tank = await startLater();
  const both = { Body: Buffer.from("1,2,3"), InputLocation: INPUT };
  expect(await faultOf(invoke(tank, both))).toContain("either InputLocation or Body");
  expect(await faultOf(invoke(tank, { Body: Buffer.alloc(128_001) }))).toContain("128000");
  expect(await faultOf(invoke(tank, { RequestTTLSeconds: 59 }))).toContain("requestTTLSeconds");
});

test("the configuration is described again; notifications are refused by name", async () => {
  await using tank = await startLater();
  const described = await tank.client.send(new DescribeEndpointCommand({ EndpointName: "Rides" }));
  expect(described.AsyncInferenceConfig).toEqual({ OutputConfig: PLACES });
  const NotificationConfig = { SuccessTopic: "arn:aws:sns:us-east-1:000000000000:done" };
  const OutputConfig = { ...PLACES, NotificationConfig };
  expect(await faultOf(addConfig(tank, { OutputConfig }))).toContain(
    "NotificationConfig is not emulated",
  );
});

test("a request that names no content type is of its object's, and the answer's object of the answer's", async () => {
  await using tank = await startLater();
  tank.artifacts.types.set(INPUT, "text/csv");
  const command = new InvokeEndpointAsyncCommand({ EndpointName: "Rides", InputLocation: INPUT });
  const { OutputLocation = "" } = await tank.runtime.send(command);
  expect(await textAt(tank, OutputLocation)).toBe("25.300001\n");
  expect(tank.artifacts.types.get(OutputLocation)).toBe("text/csv");
});
