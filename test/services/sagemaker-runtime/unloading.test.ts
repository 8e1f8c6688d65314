import { fileURLToPath } from "node:url";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { DeleteEndpointCommand, UpdateEndpointCommand } from "@aws-sdk/client-sagemaker";
import { InvokeEndpointCommand } from "@aws-sdk/client-sagemaker-runtime";
import { expect, test } from "vitest";
import { until } from "../../support/tank.ts";
import { archiveOf, faultOf, type HostingTank, startHosting } from "../sagemaker/hosting-tank.ts";

const MIB = 1024 * 1024;
const MODEL = fileURLToPath(new URL("../../../fixtures/ride-duration/model.onnx", import.meta.url));
/** A session of this model takes 3 MB, which lie outside JavaScript's heap. */
const CYCLES = 20;

// In a file of its own: what other tests load meanwhile would count.
test("a model that is replaced or deleted gives its memory back", { timeout: 60_000 }, async () => {
  await using tank = await startHosting();
  await tank.addModel("model");
  tank.artifacts.objects.set("s3://models/model/model.tar.gz", await archiveOf(MODEL));
  await tank.addConfig("config", {});
  for (let index = 0; index < 5; index += 1) await cycle(tank);
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const occupied = () => {
    collect();
    return process.memoryUsage().rss / MIB;
  };
  const before = occupied();
  for (let index = 0; index < CYCLES; index += 1) await cycle(tank);
  // Each cycle loads two, 120 MB if they were held.
  await until(() => occupied() - before < 40);
});

/** Brings an endpoint up, replaces its model, deletes it. */
async function cycle(tank: HostingTank): Promise<void> {
  expect((await tank.addEndpoint("Rides", "config")).EndpointStatus).toBe("InService");
  const update = { EndpointName: "Rides", EndpointConfigName: "config" };
  await tank.client.send(new UpdateEndpointCommand(update));
  await tank.settled("Rides");
  const input = { EndpointName: "Rides", ContentType: "text/csv", Body: "130,205,3.66" };
  const { Body } = await tank.runtime.send(new InvokeEndpointCommand(input));
  expect(Number(await Body?.transformToString())).toBeCloseTo(16.170177, 3);
  await tank.client.send(new DeleteEndpointCommand({ EndpointName: "Rides" }));
  await until(async () => (await faultOf(tank.described("Rides"))).includes("Could not find"));
}
