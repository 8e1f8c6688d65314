import { CreateModelCommand } from "@aws-sdk/client-sagemaker";
import { InvokeEndpointCommand } from "@aws-sdk/client-sagemaker-runtime";
import { describe, expect, test } from "vitest";
import { ManualClock } from "../../../../emulator/core/clock.ts";
import {
  capacityFault,
  capacityOf,
} from "../../../../emulator/services/sagemaker/serving/capacity.ts";
import { until } from "../../../support/tank.ts";
import { answer, GatedHost } from "../gated-host.ts";
import { faultOf, startHosting } from "../hosting-tank.ts";

describe("reads", () => {
  test("a rate is the time that one place of an instance takes for a request", () => {
    const environment = { WAVETANK_REQUESTS_PER_SECOND: "20", WAVETANK_CONCURRENCY: "2" };
    expect(capacityOf(environment, "ml.m5.large")).toEqual({
      serviceMs: 100,
      concurrency: 2,
      queueLength: 100,
    });
  });

  test("each instance type has its own, and a type that is not named has the rest's or none", () => {
    const environment = { WAVETANK_SERVICE_MS: "ml.m5.large=50, ml.m5.xlarge=25" };
    expect(capacityOf(environment, "ml.m5.xlarge")?.serviceMs).toBe(25);
    expect(capacityOf(environment, "ml.c5.large")).toBeUndefined();
  });

  test.each(["", "fast", "0", "-1", "=5", "ml.m5.large=", "1,x"])("%j is refused", (text) => {
    expect(capacityFault({ WAVETANK_SERVICE_MS: text })).toMatch(/^WAVETANK_SERVICE_MS=.*: write/);
  });
});

test("beyond an instance's places and queue an invocation is 503 ServiceUnavailable; the others are answered", async () => {
  const clock = new ManualClock();
  const host = new GatedHost(() => answer(200, "ok")).open();
  await using tank = await startHosting({ clock, host });
  await tank.addModel("plain");
  const Environment = { WAVETANK_SERVICE_MS: "1000", WAVETANK_QUEUE_LENGTH: "1" };
  await tank.client.send(
    new CreateModelCommand({
      ModelName: "model",
      PrimaryContainer: { ModelDataUrl: "s3://models/plain/model.tar.gz", Environment },
    }),
  );
  await tank.addConfig("config", {});
  await tank.addEndpoint("Rides", "config");
  const invoke = () =>
    tank.runtime.send(new InvokeEndpointCommand({ EndpointName: "Rides", Body: "1" }));
  const first = invoke();
  await until(() => host.requests.length === 1);
  const second = invoke();
  const variant = tank.engine
    .find("Rides", { accountId: "000000000000", region: "us-east-1" })
    ?.variant("AllTraffic");
  await until(() => variant?.outstanding === 2);
  const refused = await invoke().catch((error) => error);
  expect(`${refused.name} ${refused.$metadata.httpStatusCode}`).toBe("ServiceUnavailable 503");
  expect(host.requests).toHaveLength(1);
  await clock.advance(2000);
  await Promise.all([first, second]);
  expect(host.requests).toHaveLength(2);
});

test("a capacity that says nothing is refused when the model is created", async () => {
  await using tank = await startHosting();
  await tank.addModel("plain");
  const create = tank.client.send(
    new CreateModelCommand({
      ModelName: "model",
      PrimaryContainer: {
        ModelDataUrl: "s3://models/plain/model.tar.gz",
        Environment: { WAVETANK_SERVICE_MS: "fast" },
      },
    }),
  );
  expect(await faultOf(create)).toMatch(/^ValidationException: WAVETANK_SERVICE_MS=fast: write/);
});
