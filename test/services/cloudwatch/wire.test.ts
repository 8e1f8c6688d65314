import {
  CloudWatchClient,
  GetMetricStatisticsCommand,
  PutMetricDataCommand,
  SetAlarmStateCommand,
} from "@aws-sdk/client-cloudwatch";
import { AwsQueryProtocol } from "@aws-sdk/core/protocols";
import { SmithyRpcV2CborProtocol } from "@smithy/core/cbor";
import { expect, test } from "vitest";
import { at, cloudWatchTank, MINUTE, T0 } from "./watching.ts";

const protocols = { Query: AwsQueryProtocol, "RPC CBOR": SmithyRpcV2CborProtocol };

test.each(Object.entries(protocols))("%s clients publish and read", async (_name, protocol) => {
  await using under = await cloudWatchTank();
  const client = under.tank.client(CloudWatchClient, { protocol } as object);
  const MetricData = [{ MetricName: "Fares", Value: 2.5, Timestamp: at(1_000) }];
  await client.send(new PutMetricDataCommand({ Namespace: "Rides", MetricData }));
  const { Datapoints } = await client.send(
    new GetMetricStatisticsCommand({
      Namespace: "Rides",
      MetricName: "Fares",
      StartTime: new Date(T0),
      EndTime: at(MINUTE),
      Period: 60,
      Statistics: ["Sum"],
    }),
  );
  expect(Datapoints).toEqual([{ Timestamp: at(0), Sum: 2.5, Unit: "None" }]);
});

test.each(Object.entries(protocols))(
  "%s clients are told what is not there",
  async (_name, protocol) => {
    await using under = await cloudWatchTank();
    const client = under.tank.client(CloudWatchClient, { protocol } as object);
    const StateValue = "OK";
    const command = new SetAlarmStateCommand({ AlarmName: "none", StateValue, StateReason: "" });
    await expect(client.send(command)).rejects.toMatchObject({
      name: "ResourceNotFound",
      $metadata: { httpStatusCode: 404 },
    });
  },
);

test("an old client posts a form to the port and reads XML", async () => {
  await using under = await cloudWatchTank();
  await under.put(4);
  const answer = await fetch(under.tank.url, {
    method: "POST",
    body: new URLSearchParams({
      Action: "ListMetrics",
      Version: "2010-08-01",
      Namespace: "Rides",
    }),
  });
  expect(answer.headers.get("content-type")).toBe("text/xml");
  expect(await answer.text()).toContain(
    "<ListMetricsResult><Metrics><member><Namespace>Rides</Namespace><MetricName>Fares</MetricName><Dimensions/></member></Metrics></ListMetricsResult>",
  );
});
