import { gzipSync } from "node:zlib";
import {
  CloudWatchClient,
  GetMetricStatistics$,
  GetMetricStatisticsCommand,
  type GetMetricStatisticsInput,
  type GetMetricStatisticsOutput,
  PutDashboardCommand,
  PutMetricData$,
  PutMetricDataCommand,
  type PutMetricDataInput,
} from "@aws-sdk/client-cloudwatch";
import { AwsJson1_0Protocol, AwsQueryProtocol } from "@aws-sdk/core/protocols";
import { SmithyRpcV2CborProtocol } from "@smithy/core/cbor";
import { describe, expect, test } from "vitest";
import { AwsError } from "../../emulator/core/errors.ts";
import { clientConfig, edgeOf, recording, service, wireRequest } from "./in-process.ts";

const TARGET = "GraniteServiceVersion20100801";
const XMLNS = "http://monitoring.amazonaws.com/doc/2010-08-01/";

/** CloudWatch's front door with two operations that remember what they were asked. */
function frontDoor(answer: () => GetMetricStatisticsOutput = () => ({})) {
  const put = recording<PutMetricDataInput, void>(PutMetricData$, () => undefined);
  const get = recording<GetMetricStatisticsInput, GetMetricStatisticsOutput>(
    GetMetricStatistics$,
    answer,
  );
  const edge = edgeOf(
    service({
      target: TARGET,
      protocol: "aws-json-1.0",
      speaksRpcCbor: true,
      query: { version: "2010-08-01", signingName: "monitoring", xmlNamespace: XMLNS },
      model: () => import("@aws-sdk/client-cloudwatch"),
      operations: { PutMetricData: put.operation, GetMetricStatistics: get.operation },
    }),
  );
  return { edge, put, get };
}

const protocols = {
  "AWS JSON 1.0": AwsJson1_0Protocol,
  "AWS Query": AwsQueryProtocol,
  "Smithy RPC v2 CBOR": SmithyRpcV2CborProtocol,
};

const at = new Date("2026-01-01T00:00:30.500Z");
const data: PutMetricDataInput = {
  Namespace: "Rides & more",
  MetricData: [
    {
      MetricName: "Fares",
      Dimensions: [
        { Name: "City", Value: "Köln" },
        { Name: "Zone", Value: "a=b&c" },
      ],
      Timestamp: at,
      Values: [1.5, -2, 1e-7],
      Counts: [1, 2, 3],
      Unit: "Count/Second",
      StorageResolution: 1,
    },
    { MetricName: "Rides", StatisticValues: { SampleCount: 2, Sum: 3, Minimum: 1, Maximum: 2 } },
  ],
};

const asked: GetMetricStatisticsInput = {
  Namespace: "Rides",
  MetricName: "Fares",
  StartTime: new Date(0),
  EndTime: at,
  Period: 60,
  Statistics: ["Average", "Sum"],
};

describe.each(Object.entries(protocols))("over %s", (_name, protocol) => {
  const clientOf = ({ edge }: ReturnType<typeof frontDoor>) =>
    new CloudWatchClient({ ...clientConfig(edge), protocol } as never);

  test("an input arrives as it was given", async () => {
    const door = frontDoor();
    await clientOf(door).send(new PutMetricDataCommand(data));
    expect(door.put.inputs).toEqual([data]);
  });

  test("an output arrives as it was answered", async () => {
    const output: GetMetricStatisticsOutput = {
      Label: "<Fares> & more",
      Datapoints: [
        {
          Timestamp: at,
          Average: 1.25,
          Unit: "None",
          ExtendedStatistics: { "p99.9": 7, p50: 0.5 },
        },
        { Timestamp: new Date("2026-01-01T00:01:00Z"), Average: -3 },
      ],
    };
    const door = frontDoor(() => output);
    const answer = await clientOf(door).send(new GetMetricStatisticsCommand(asked));
    expect(answer).toMatchObject(output);
    expect(answer.$metadata.requestId).toMatch(/^[0-9a-f-]{36}$/);
    expect(door.get.inputs).toEqual([asked]);
  });

  test("a modelled error keeps its shape and its code of old", async () => {
    const door = frontDoor(() => {
      throw new AwsError("InvalidParameterValueException", "The parameter Period is <odd>.");
    });
    await expect(clientOf(door).send(new GetMetricStatisticsCommand(asked))).rejects.toMatchObject({
      name: "InvalidParameterValueException",
      message: "The parameter Period is <odd>.",
      $metadata: { httpStatusCode: 400 },
    });
  });

  test("an operation that is not emulated is named", async () => {
    const command = new PutDashboardCommand({ DashboardName: "a", DashboardBody: "{}" });
    const refused = clientOf(frontDoor()).send(command);
    await expect(refused).rejects.toMatchObject({
      message: expect.stringContaining("PutDashboard is not emulated by Wavetank"),
      $metadata: { httpStatusCode: 501 },
    });
  });

  test("a large input, which the SDK compresses, arrives whole", async () => {
    const door = frontDoor();
    const MetricData = Array.from({ length: 900 }, (_, n) => ({ MetricName: `m${n}`, Value: n }));
    await clientOf(door).send(new PutMetricDataCommand({ Namespace: "a", MetricData }));
    expect(door.put.inputs[0]?.MetricData).toHaveLength(900);
  });
});

const form = { "content-type": "application/x-www-form-urlencoded; charset=utf-8" };
const ACTION = "Action=GetMetricStatistics&Version=2010-08-01";
const REST =
  "&Namespace=a&MetricName=b&StartTime=2026-01-01T00%3A00%3A00Z&EndTime=2026-01-01T01%3A00%3A00Z&Period=60&Statistics.member.1=Sum";

test("a form is answered in XML of the service's namespace", async () => {
  const { edge } = frontDoor(() => ({ Label: "b", Datapoints: [] }));
  const { status, headers, body } = await edge.handle(
    wireRequest({ headers: form, body: Buffer.from(ACTION + REST) }),
  );
  expect({ status, type: headers["content-type"] }).toEqual({ status: 200, type: "text/xml" });
  expect(body).toBe(
    `<GetMetricStatisticsResponse xmlns="${XMLNS}"><GetMetricStatisticsResult><Label>b</Label><Datapoints/></GetMetricStatisticsResult><ResponseMetadata><RequestId>${headers["x-amzn-RequestId"]}</RequestId></ResponseMetadata></GetMetricStatisticsResponse>`,
  );
});

test("a Query request may stand in the address alone", async () => {
  const { edge, get } = frontDoor();
  const query = new URLSearchParams(ACTION + REST);
  const { status } = await edge.handle(
    wireRequest({ method: "GET", query, body: Buffer.alloc(0) }),
  );
  expect(status).toBe(200);
  expect(get.inputs).toMatchObject([{ Period: 60, Statistics: ["Sum"] }]);
});

test("a form with a number that is none is refused in XML", async () => {
  const { edge } = frontDoor();
  const { status, body } = await edge.handle(
    wireRequest({ headers: form, body: Buffer.from(`${ACTION}&Period=often`) }),
  );
  expect(status).toBe(400);
  expect(body).toMatch(
    /^<ErrorResponse xmlns=".*"><Error><Type>Sender<\/Type><Code>MalformedInput<\/Code>/,
  );
});

test("a form of another service's version is not CloudWatch's", async () => {
  const { edge } = frontDoor();
  const body = Buffer.from("Action=GetCallerIdentity&Version=2011-06-15");
  const answer = await edge.handle(wireRequest({ headers: form, body }));
  expect(answer.body).toContain("UnknownOperationException");
});

test("the codes of old travel in a header, with who is at fault", async () => {
  const { edge } = frontDoor(() => {
    throw new AwsError("InternalServiceFault", "oh");
  });
  const headers = { "x-amz-target": `${TARGET}.GetMetricStatistics` };
  const input = { Namespace: "a", MetricName: "b", StartTime: 0, EndTime: 60, Period: 60 };
  const answer = await edge.handle(
    wireRequest({ headers, body: Buffer.from(JSON.stringify(input)) }),
  );
  expect(answer.status).toBe(500);
  expect(answer.headers["x-amzn-query-error"]).toBe("InternalServiceError;Receiver");
  expect(JSON.parse(String(answer.body))).toEqual({
    __type: "com.amazonaws.cloudwatch#InternalServiceFault",
    Message: "oh",
  });
});

test("an RPC CBOR answer names its protocol and is a map even when empty", async () => {
  const { edge } = frontDoor();
  const answer = await edge.handle(
    wireRequest({
      path: `/service/${TARGET}/operation/PutMetricData`,
      headers: { "smithy-protocol": "rpc-v2-cbor", "content-type": "application/cbor" },
      // {"Namespace": "a"}
      body: Buffer.from("a1694e616d6573706163656161", "hex"),
    }),
  );
  expect(answer).toMatchObject({ status: 200, headers: { "smithy-protocol": "rpc-v2-cbor" } });
  expect(Buffer.from(answer.body)).toEqual(Buffer.from("a0", "hex"));
});

describe("a compressed body", () => {
  const compressed = (body: Uint8Array) =>
    wireRequest({
      headers: { "x-amz-target": `${TARGET}.PutMetricData`, "content-encoding": "gzip" },
      body: Buffer.from(body),
    });

  test("is refused when it is no gzip", async () => {
    const { status, body } = await frontDoor().edge.handle(compressed(Buffer.from("plain")));
    expect({ status, body }).toMatchObject({
      status: 400,
      body: expect.stringContaining("The request body is not gzip"),
    });
  });

  test("is refused when it would grow past all bounds", async () => {
    const bomb = gzipSync(Buffer.alloc(33 * 1024 * 1024));
    expect((await frontDoor().edge.handle(compressed(bomb))).status).toBe(413);
  });

  test("is bounded by the service's own limit once it is inflated", async () => {
    const large = gzipSync(Buffer.alloc(2 * 1024 * 1024, "{"));
    expect((await frontDoor().edge.handle(compressed(large))).status).toBe(413);
  });
});
