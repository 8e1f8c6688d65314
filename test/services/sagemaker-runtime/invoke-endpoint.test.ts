import {
  InvokeEndpointCommand,
  type InvokeEndpointCommandInput,
} from "@aws-sdk/client-sagemaker-runtime";
import { describe, expect, test } from "vitest";
import { ManualClock, SystemClock } from "../../../emulator/core/clock.ts";
import { until } from "../../support/tank.ts";
import { answer, GatedHost } from "../sagemaker/gated-host.ts";
import { faultOf, type HostingTank, startHosting } from "../sagemaker/hosting-tank.ts";

type Options = NonNullable<Parameters<typeof startHosting>[0]>;

async function startWithEndpoint(options: Options = {}): Promise<HostingTank> {
  const tank = await startHosting(options);
  await tank.addModel("model");
  await tank.addConfig("config", {});
  await tank.addEndpoint("Rides", "config");
  return tank;
}

function invoke(tank: HostingTank, input: Partial<InvokeEndpointCommandInput> = {}) {
  const plain = { EndpointName: "Rides", ContentType: "text/csv", Body: "130,205,3.66" };
  return tank.runtime.send(new InvokeEndpointCommand({ ...plain, ...input }));
}

/** Time that passes without timers getting their turn. */
class SkippingClock extends SystemClock {
  skippedMs = 0;

  override now(): number {
    return super.now() + this.skippedMs;
  }
}

async function modelErrorOf(call: Promise<unknown>): Promise<Record<string, unknown>> {
  const error = await call.then(
    () => ({}),
    (thrown: unknown) => thrown,
  );
  return error as Record<string, unknown>;
}

const seeLogs = (region: string) =>
  `See https://${region}.console.aws.amazon.com/cloudwatch/home?region=${region}#logEventViewer:group=/aws/sagemaker/Endpoints/Rides in account 000000000000 for more information.`;

describe("behaves", () => {
  test("an endpoint answers with its model's prediction and names the variant", async () => {
    await using tank = await startWithEndpoint();
    const { Body, ContentType, InvokedProductionVariant, CustomAttributes } = await invoke(tank);
    expect(Body?.transformToString()).toBe("25.300001\n");
    expect({ ContentType, InvokedProductionVariant, CustomAttributes }).toEqual({
      ContentType: "text/csv",
      InvokedProductionVariant: "AllTraffic",
      CustomAttributes: undefined,
    });
  });

  test("Accept reaches the model", async () => {
    await using tank = await startWithEndpoint();
    const { Body, ContentType } = await invoke(tank, { Accept: "application/json" });
    expect(ContentType).toBe("application/json");
    expect(Body?.transformToString()).toBe('{"predictions":[[25.300001]]}');
  });

  test("headers and bytes reach the container as they are, and absent ones stay absent", async () => {
    const host = new GatedHost(() => answer(200, "ok")).open();
    await using tank = await startWithEndpoint({ host });
    const Body = Uint8Array.of(0, 255, 1, 254);
    await invoke(tank, { ContentType: "image/png", CustomAttributes: "trace=1", Body });
    // The SDK sends a content type of its own for lack of one; other clients send none.
    await fetch(`${tank.url}/endpoints/Rides/invocations`, { method: "POST", body: Body });
    expect(
      host.requests.map(({ body, ...headers }) => ({ ...headers, body: [...body] })),
    ).toMatchObject([
      {
        contentType: "image/png",
        accept: undefined,
        customAttributes: "trace=1",
        body: [0, 255, 1, 254],
      },
      { contentType: undefined, customAttributes: undefined, body: [0, 255, 1, 254] },
    ]);
  });

  test("custom attributes come back only when the container sets them", async () => {
    const host = new GatedHost(({ customAttributes }) => ({
      ...answer(200, "ok"),
      ...(customAttributes === "return" && { customAttributes: "trace=2" }),
    })).open();
    await using tank = await startWithEndpoint({ host });
    expect((await invoke(tank, { CustomAttributes: "keep" })).CustomAttributes).toBeUndefined();
    expect((await invoke(tank, { CustomAttributes: "return" })).CustomAttributes).toBe("trace=2");
  });

  test("bytes that are no text come back as they are", async () => {
    const bytes = Uint8Array.of(0x89, 0, 0xff, 0x0a);
    const host = new GatedHost(() => ({ ...answer(200, ""), body: bytes })).open();
    await using tank = await startWithEndpoint({ host });
    expect([...((await invoke(tank)).Body ?? [])]).toEqual([...bytes]);
  });

  test("traffic is split by weight, and TargetVariant overrides it", async () => {
    const host = new GatedHost((_request, variant) => answer(200, variant)).open();
    await using tank = await startHosting({ host });
    await tank.addModel("model");
    await tank.addConfig(
      "config",
      { VariantName: "old", InitialVariantWeight: 3 },
      { VariantName: "new" },
      { VariantName: "dark", InitialVariantWeight: 0 },
    );
    await tank.addEndpoint("Rides", "config");
    const taken: Record<string, number> = {};
    for (let request = 0; request < 8; request += 1) {
      const { Body, InvokedProductionVariant = "" } = await invoke(tank);
      expect(Body?.transformToString()).toBe(InvokedProductionVariant);
      taken[InvokedProductionVariant] = (taken[InvokedProductionVariant] ?? 0) + 1;
    }
    expect(taken).toEqual({ old: 6, new: 2 });
    expect((await invoke(tank, { TargetVariant: "dark" })).InvokedProductionVariant).toBe("dark");
  });
});

describe("rejects", () => {
  test("an endpoint that does not exist, or whose name differs in case", async () => {
    await using tank = await startWithEndpoint();
    for (const EndpointName of ["absent", "rides"]) {
      expect(await faultOf(invoke(tank, { EndpointName }))).toBe(
        `ValidationError: Endpoint ${EndpointName} of account 000000000000 not found.`,
      );
    }
  });

  test("an endpoint of another region", async () => {
    await using tank = await startWithEndpoint();
    const authorization =
      "AWS4-HMAC-SHA256 Credential=test/20260101/eu-west-1/sagemaker/aws4_request";
    const response = await fetch(`${tank.url}/endpoints/Rides/invocations`, {
      method: "POST",
      headers: { authorization },
    });
    expect([response.status, response.headers.get("x-amzn-errortype")]).toEqual([
      400,
      "ValidationError",
    ]);
  });

  test("an endpoint that is not in service", async () => {
    const host = new GatedHost(() => answer(200, "ok"));
    await using tank = await startHosting({ host });
    await tank.addModel("model");
    await tank.addConfig("config", {});
    const adding = tank.addEndpoint("Rides", "config");
    await until(() => host.started.length > 0);
    expect(await faultOf(invoke(tank))).toBe(
      "ValidationError: Endpoint Rides is not InService: its status is Creating.",
    );
    host.open();
    await adding;
  });

  test("a variant that the endpoint does not have", async () => {
    await using tank = await startWithEndpoint();
    expect(await faultOf(invoke(tank, { TargetVariant: "canary" }))).toBe(
      "ValidationError: Variant canary of endpoint Rides not found.",
    );
  });

  test.each([
    ["TargetModel", "model.tar.gz", "must not be given: it is for multi-model endpoints."],
    ["TargetContainerHostname", "second", "must not be given: it is for endpoints in Direct mode."],
    ["EnableExplanations", "`true`", "must not be given: it is for endpoints with an explainer."],
    ["SessionId", "NEW_SESSION", "is not emulated by Wavetank yet."],
  ])("%s, by name", async (member, value, message) => {
    await using tank = await startWithEndpoint();
    expect(await faultOf(invoke(tank, { [member]: value }))).toBe(
      `ValidationError: ${member} ${message}`,
    );
  });

  test("custom attributes of more than 1024 characters", async () => {
    await using tank = await startWithEndpoint();
    expect(await faultOf(invoke(tank, { CustomAttributes: "x".repeat(1025) }))).toMatch(
      /^ValidationError: 1 validation error detected: Value .* at 'customAttributes'/,
    );
  });

  test("a body of more than 25 MiB", async () => {
    await using tank = await startWithEndpoint();
    const response = await fetch(`${tank.url}/endpoints/Rides/invocations`, {
      method: "POST",
      headers: { "content-type": "text/csv" },
      body: Buffer.alloc(25 * 1024 * 1024 + 1, "1"),
    });
    expect(response.status).toBe(413);
  });
});

describe("model errors", () => {
  test("a container's 4xx is wrapped with what it said", async () => {
    await using tank = await startWithEndpoint();
    const original = '{"error":"expected rows of 3 numbers (features: float32[n,3]), row 1 has 2"}';
    expect(await modelErrorOf(invoke(tank, { Body: "130,205" }))).toMatchObject({
      name: "ModelError",
      $metadata: { httpStatusCode: 424 },
      message: `Received client error (400) from primary with message "${original}". ${seeLogs("us-east-1")}`,
      OriginalMessage: original,
      OriginalStatusCode: 400,
      LogStreamArn: "arn:aws:logs:us-east-1:000000000000:log-group:/aws/sagemaker/Endpoints/Rides",
    });
  });

  test("the SDK's default content type is refused by the model, not by the service", async () => {
    await using tank = await startWithEndpoint();
    expect(await modelErrorOf(invoke(tank, { ContentType: undefined }))).toMatchObject({
      name: "ModelError",
      OriginalStatusCode: 415,
    });
  });

  test("a container's 5xx is a server error", async () => {
    const host = new GatedHost(() => answer(503, "out of memory")).open();
    await using tank = await startWithEndpoint({ host });
    expect(await modelErrorOf(invoke(tank))).toMatchObject({
      $metadata: { httpStatusCode: 424 },
      message: `Received server error (503) from primary with message "out of memory". ${seeLogs("us-east-1")}`,
      OriginalStatusCode: 503,
    });
  });

  test("a container that does not answer within 60 seconds has status 0", async () => {
    const clock = new ManualClock();
    let finish = () => {};
    const late = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const host = new GatedHost(() => late.then(() => answer(200, "too late"))).open();
    await using tank = await startWithEndpoint({ host, clock });
    const failed = modelErrorOf(invoke(tank));
    await until(() => host.requests.length === 1);
    await clock.advance(60_000);
    expect(await failed).toMatchObject({
      name: "ModelError",
      OriginalStatusCode: 0,
      OriginalMessage:
        "Your invocation timed out while waiting for a response from container primary. Review the latency metrics for each container in Amazon CloudWatch, resolve the issue, and try again.",
    });
    finish();
  });

  test("a model that kept the tank's thread for more than 60 seconds has timed out, too", async () => {
    const clock = new SkippingClock();
    const host = new GatedHost(() => {
      clock.skippedMs += 60_001;
      return answer(200, "too late");
    }).open();
    await using tank = await startWithEndpoint({ host, clock });
    expect(await modelErrorOf(invoke(tank))).toMatchObject({
      name: "ModelError",
      OriginalStatusCode: 0,
    });
  });

  test("a container that cannot be reached has status 0", async () => {
    const host = new GatedHost(() => Promise.reject(new Error("connection refused"))).open();
    await using tank = await startWithEndpoint({ host });
    expect(await modelErrorOf(invoke(tank))).toMatchObject({
      name: "ModelError",
      OriginalStatusCode: 0,
      OriginalMessage: expect.stringContaining("connection refused"),
    });
  });
});
