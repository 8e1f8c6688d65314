import {
  InvokeEndpointWithResponseStreamCommand,
  type InvokeEndpointWithResponseStreamCommandInput,
} from "@aws-sdk/client-sagemaker-runtime";
import { expect, test } from "vitest";
import { ManualClock } from "../../../emulator/core/clock.ts";
import { until } from "../../support/tank.ts";
import { answer, GatedHost } from "../sagemaker/gated-host.ts";
import { faultOf, type HostingTank, startHosting } from "../sagemaker/hosting-tank.ts";

async function startWithEndpoint(host?: GatedHost, clock?: ManualClock): Promise<HostingTank> {
  const tank = await startHosting({ ...(host && { host }), ...(clock && { clock }) });
  await tank.addModel("model");
  await tank.addConfig("config", {});
  await tank.addEndpoint("Rides", "config");
  return tank;
}

type Input = InvokeEndpointWithResponseStreamCommandInput;

function invoke(tank: HostingTank, input: Partial<Input> = {}) {
  const plain = { EndpointName: "Rides", ContentType: "text/csv", Body: "130,205,3.66" };
  return tank.runtime.send(new InvokeEndpointWithResponseStreamCommand({ ...plain, ...input }));
}

async function partsOf({ Body }: Awaited<ReturnType<typeof invoke>>): Promise<Uint8Array[]> {
  const parts: Uint8Array[] = [];
  for await (const { PayloadPart } of Body ?? []) parts.push(PayloadPart?.Bytes ?? Buffer.of());
  return parts;
}

test("the prediction comes as a part of a stream, its type and variant in headers", async () => {
  await using tank = await startWithEndpoint();
  const answered = await invoke(tank, { Accept: "application/json" });
  expect(answered).toMatchObject({
    ContentType: "application/json",
    InvokedProductionVariant: "AllTraffic",
  });
  const parts = await partsOf(answered);
  expect(parts.map(String)).toHaveLength(1);
  expect(Buffer.concat(parts).toString()).toBe('{"predictions":[[25.300001]]}');
});

test("a frame has the bytes that AWS's has", async () => {
  const host = new GatedHost(() => answer(200, "hi")).open();
  await using tank = await startWithEndpoint(host);
  const response = await fetch(`${tank.url}/endpoints/Rides/invocations-response-stream`, {
    method: "POST",
  });
  expect(response.headers.get("content-type")).toBe("application/vnd.amazon.eventstream");
  expect(response.headers.get("x-amzn-sagemaker-content-type")).toBe("text/plain");
  const bytes = Buffer.from(await response.arrayBuffer());
  expect([bytes.length, bytes.readUInt32BE(4)]).toEqual([107, 89]);
  expect(bytes.toString("hex", 8, 12)).toBe("99777065");
  expect(bytes.toString("hex", 103)).toBe("7dde0062");
});

test("a large answer comes in several parts, none of it lost; an empty one in none", async () => {
  const large = Buffer.alloc(3_000_000, "abc");
  const host = new GatedHost(({ accept }) => ({
    ...answer(200, ""),
    body: accept === "none" ? "" : large,
  })).open();
  await using tank = await startWithEndpoint(host);
  const parts = await partsOf(await invoke(tank));
  expect(parts.length).toBeGreaterThan(1);
  expect(Buffer.concat(parts).equals(large)).toBe(true);
  expect(await partsOf(await invoke(tank, { Accept: "none" }))).toEqual([]);
});

test("what fails before the first byte is an ordinary error", async () => {
  await using tank = await startWithEndpoint();
  await expect(invoke(tank, { Body: "1,2" })).rejects.toMatchObject({
    name: "ModelError",
    OriginalStatusCode: 400,
    $metadata: { httpStatusCode: 424 },
  });
  expect(await faultOf(invoke(tank, { EndpointName: "absent" }))).toBe(
    "ValidationError: Endpoint absent of account 000000000000 not found.",
  );
  expect(await faultOf(invoke(tank, { SessionId: "s-1" }))).toContain("SessionId is not emulated");
});

test("a stream may take eight minutes", async () => {
  const clock = new ManualClock();
  let finish = () => {};
  const late = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const host = new GatedHost(() => late.then(() => answer(200, "late"))).open();
  await using tank = await startWithEndpoint(host, clock);
  const failed = invoke(tank).catch((error: unknown) => error);
  await until(() => host.requests.length === 1);
  await clock.advance(8 * 60_000 - 1);
  expect(await Promise.race([failed, "under way"])).toBe("under way");
  await clock.advance(1);
  expect(await failed).toMatchObject({ name: "ModelError", OriginalStatusCode: 0 });
  finish();
});
