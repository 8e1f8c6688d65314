import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { InvokeEndpointCommand } from "@aws-sdk/client-sagemaker-runtime";
import { expect, test } from "vitest";
import { until } from "../../support/tank.ts";
import { faultOf, startHosting } from "../sagemaker/hosting-tank.ts";

const MIB = 1024 * 1024;

// In a file of its own: what other tests hold meanwhile would count.
test("what bodies that are refused occupied is free again", async () => {
  await using tank = await startHosting();
  await tank.addModel("model");
  await tank.addConfig("config", { ModelName: "model" });
  await tank.addEndpoint("Rides", "config");
  const body = Buffer.from(`${"1,2,3\n".repeat(200_000)}1,2`);
  const input = { EndpointName: "Rides", ContentType: "text/csv", Body: body };
  const refuse = async () =>
    expect(await faultOf(tank.runtime.send(new InvokeEndpointCommand(input)))).toContain(
      "row 200001 has 2",
    );
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const occupied = () => {
    collect();
    const { heapUsed, external } = process.memoryUsage();
    return (heapUsed + external) / MIB;
  };
  for (let index = 0; index < 2; index += 1) await refuse();
  const before = occupied();
  for (let index = 0; index < 8; index += 1) await refuse();
  // Each held the body's 1.2 MB, and many times that while it was read.
  await until(() => occupied() - before < 8);
});
