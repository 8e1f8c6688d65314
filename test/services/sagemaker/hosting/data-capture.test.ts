import {
  CreateEndpointConfigCommand,
  type DataCaptureConfig,
  DeleteEndpointCommand,
  DescribeEndpointCommand,
  DescribeEndpointConfigCommand,
} from "@aws-sdk/client-sagemaker";
import { InvokeEndpointCommand } from "@aws-sdk/client-sagemaker-runtime";
import { describe, expect, test } from "vitest";
import { ManualClock } from "../../../../emulator/core/clock.ts";
import { until } from "../../../support/tank.ts";
import { faultOf, type HostingTank, PLAIN_VARIANT, startHosting } from "../hosting-tank.ts";

const CAPTURE: DataCaptureConfig = {
  InitialSamplingPercentage: 100,
  DestinationS3Uri: "s3://captured/wine/",
  CaptureOptions: [{ CaptureMode: "Input" }, { CaptureMode: "Output" }],
};
const TEXT = { CsvContentTypes: ["text/csv"], JsonContentTypes: ["application/json"] };

async function startCapturing(config: Partial<DataCaptureConfig> = {}, clock = new ManualClock()) {
  const tank = await startHosting({ clock });
  await tank.addModel("model");
  await configure(tank, config);
  await tank.addEndpoint("Rides", "config");
  return tank;
}

function configure(tank: HostingTank, config: Partial<DataCaptureConfig>) {
  return tank.client.send(
    new CreateEndpointConfigCommand({
      EndpointConfigName: "config",
      ProductionVariants: [PLAIN_VARIANT],
      DataCaptureConfig: { ...CAPTURE, ...config },
    }),
  );
}

function invoke(tank: HostingTank, InferenceId?: string, Body = "130,205,3.66") {
  const input = { EndpointName: "Rides", ContentType: "text/csv", Accept: "application/json" };
  return tank.runtime.send(new InvokeEndpointCommand({ ...input, Body, InferenceId }));
}

const filesOf = (tank: HostingTank) =>
  [...tank.artifacts.objects].filter(([uri]) => uri.startsWith("s3://captured/"));

const linesOf = (tank: HostingTank) =>
  filesOf(tank).flatMap(([, body]) =>
    Buffer.from(body)
      .toString("utf8")
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line)),
  );

describe("accepts", () => {
  test("a configuration, and describes it as it was given", async () => {
    await using tank = await startCapturing({ CaptureContentTypeHeader: TEXT });
    const { DataCaptureConfig: kept } = await tank.client.send(
      new DescribeEndpointConfigCommand({ EndpointConfigName: "config" }),
    );
    expect(kept).toEqual({ ...CAPTURE, CaptureContentTypeHeader: TEXT });
    const { DataCaptureConfig: running } = await tank.client.send(
      new DescribeEndpointCommand({ EndpointName: "Rides" }),
    );
    expect(running).toEqual({
      EnableCapture: true,
      CaptureStatus: "Started",
      CurrentSamplingPercentage: 100,
      DestinationS3Uri: "s3://captured/wine/",
    });
  });
});

describe("rejects", () => {
  test.each([
    [{ InitialSamplingPercentage: 101 }, /initialSamplingPercentage/],
    [{ CaptureOptions: [] }, /captureOptions/],
    [{ CaptureOptions: [{ CaptureMode: "Neither" as "Input" }] }, /captureMode/],
    [{ DestinationS3Uri: "captured" }, /destinationS3Uri/],
    [{ DestinationS3Uri: "https://captured/x" }, /DestinationS3Uri of https is not emulated/],
  ])("%j", async (config, message) => {
    await using tank = await startHosting();
    await tank.addModel("model");
    const fault = await faultOf(configure(tank, config));
    expect(fault).toMatch(/^ValidationException: /);
    expect(fault).toMatch(message);
  });
});

describe("behaves", () => {
  test("a minute on, the hour's folder holds a line for each invocation", async () => {
    const clock = new ManualClock(Date.UTC(2026, 1, 14, 17, 25, 49, 120));
    await using tank = await startCapturing({ CaptureContentTypeHeader: TEXT }, clock);
    await invoke(tank, "ride-1");
    await invoke(tank);
    expect(filesOf(tank)).toEqual([]);
    clock.advance(60_000);
    await until(() => filesOf(tank).length === 1);
    expect(filesOf(tank)[0]?.[0]).toMatch(
      /^s3:\/\/captured\/wine\/Rides\/AllTraffic\/2026\/02\/14\/17\/26-49-120-[0-9a-f-]{36}\.jsonl$/,
    );
    const [first, second] = linesOf(tank);
    expect(first).toEqual({
      captureData: {
        endpointInput: {
          observedContentType: "text/csv",
          mode: "INPUT",
          data: "130,205,3.66",
          encoding: "CSV",
        },
        endpointOutput: {
          observedContentType: "application/json",
          mode: "OUTPUT",
          data: '{"predictions":[[25.300001]]}',
          encoding: "JSON",
        },
      },
      eventMetadata: {
        eventId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        inferenceId: "ride-1",
        inferenceTime: "2026-02-14T17:25:49Z",
      },
      eventVersion: "0",
    });
    expect(second.eventMetadata).not.toHaveProperty("inferenceId");
  });

  test("what lies on either side of an hour goes into two folders", async () => {
    const clock = new ManualClock(Date.UTC(2026, 1, 14, 23, 59, 30));
    await using tank = await startCapturing({}, clock);
    await invoke(tank);
    clock.advance(40_000);
    await invoke(tank);
    clock.advance(60_000);
    await until(() => filesOf(tank).length === 2);
    const hours = filesOf(tank).map(([uri]) => uri.split("/").slice(6, 10).join("/"));
    expect(hours.sort()).toEqual(["2026/02/14/23", "2026/02/15/00"]);
  });

  test("types that are not listed are base64", async () => {
    await using tank = await startCapturing();
    await invoke(tank);
    await tank.engine.stop();
    const [{ captureData }] = linesOf(tank);
    expect(captureData.endpointInput).toMatchObject({
      data: Buffer.from("130,205,3.66").toString("base64"),
      encoding: "BASE64",
    });
  });

  test("one side alone is captured where one alone is asked for", async () => {
    await using tank = await startCapturing({ CaptureOptions: [{ CaptureMode: "Output" }] });
    await invoke(tank);
    await tank.engine.stop();
    const [{ captureData }] = linesOf(tank);
    expect(Object.keys(captureData)).toEqual(["endpointOutput"]);
  });

  test.each([
    [0, 0],
    [25, 2],
    [100, 8],
  ])("of eight invocations at %i %%, %i are captured", async (percentage, count) => {
    await using tank = await startCapturing({ InitialSamplingPercentage: percentage });
    for (let index = 0; index < 8; index += 1) await invoke(tank);
    await tank.engine.stop();
    expect(linesOf(tank)).toHaveLength(count);
  });

  test("nothing is captured where capture is turned off, nor of what fails", async () => {
    await using off = await startCapturing({ EnableCapture: false });
    await invoke(off);
    await off.engine.stop();
    expect(filesOf(off)).toEqual([]);
    await using failing = await startCapturing();
    await faultOf(invoke(failing, undefined, "1,2"));
    await failing.engine.stop();
    expect(filesOf(failing)).toEqual([]);
  });

  test("an endpoint that is deleted leaves what it captured", async () => {
    await using tank = await startCapturing();
    await invoke(tank);
    await tank.client.send(new DeleteEndpointCommand({ EndpointName: "Rides" }));
    await until(() => filesOf(tank).length === 1);
  });

  test("lines that cannot be written are a warning, and invocations go on", async () => {
    const clock = new ManualClock();
    await using tank = await startCapturing({ DestinationS3Uri: "s3://absent/" }, clock);
    await invoke(tank);
    clock.advance(60_000);
    const warning = await until(() => tank.events.find(({ type }) => type === "warning"));
    expect(warning).toMatchObject({
      message: "what endpoint Rides captured was not written: The specified bucket does not exist",
    });
    await invoke(tank);
  });
});
