import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { CreateEndpointCommand, CreateModelCommand } from "@aws-sdk/client-sagemaker";
import { InvokeEndpointCommand } from "@aws-sdk/client-sagemaker-runtime";
import { create, Header } from "tar";
import { expect, test } from "vitest";
import type { TankEvent } from "../../../../emulator/core/events.ts";
import { modelPath } from "../../../model-server/models.ts";
import { until } from "../../../support/tank.ts";
import { type HostingTank, modelArchive, startHosting } from "../hosting-tank.ts";

const MIB = 1024 * 1024;

const archives: [what: string, archive: () => Promise<Uint8Array>, reason: RegExp][] = [
  [
    "a corrupt archive",
    async () => (await modelArchive("linear")).subarray(0, 200),
    /^Failed to extract model data archive .*cannot be read/,
  ],
  ["no archive", async () => Buffer.from("PK"), /^Failed to extract .*not compressed with gzip/],
  [
    "a bomb",
    async () => gzipSync(Buffer.concat([entry("model.onnx", 512 * MIB), Buffer.alloc(65 * MIB)])),
    /^Failed to extract .*unpacks to more than 200 times its size/,
  ],
  [
    "an archive that climbs out of its folder",
    async () => gzipSync(Buffer.concat([entry("../evil.onnx", 0), Buffer.alloc(1024)])),
    /^Failed to extract .*"\.\.\/evil\.onnx", which leaves the model's folder/,
  ],
  ["no ONNX", () => packed("not a model"), /did not pass the ping .*model\.onnx cannot be loaded/],
  [
    "half an ONNX",
    async () => packed((await readFile(modelPath("linear"))).subarray(0, 150)),
    /did not pass the ping .*model\.onnx cannot be loaded/,
  ],
  ["an unknown operator", () => modelArchive("mystery"), /cannot be loaded: .*Mystery/],
  ["an output that cannot be written", () => modelArchive("split"), /output parts is no tensor/],
];

test.each(archives)(
  "%s fails its endpoint, and the others serve on",
  async (_what, make, reason) => {
    await using tank = await startHosting();
    await serve(tank, "Rides", await modelArchive("linear"));
    const { EndpointStatus, FailureReason } = await serve(tank, "Bad", await make());
    expect(EndpointStatus).toBe("Failed");
    expect(FailureReason).toMatch(reason);
    const input = { EndpointName: "Rides", ContentType: "text/csv", Body: "130,205,3.66" };
    const { Body } = await tank.runtime.send(new InvokeEndpointCommand(input));
    expect(Body?.transformToString()).toBe("25.300001\n");
  },
);

/** An endpoint for an archive; how its creation ended. */
async function serve(tank: HostingTank, name: string, archive: Uint8Array) {
  const uri = `s3://models/${name}/model.tar.gz`;
  tank.artifacts.objects.set(uri, archive);
  const container = { Image: "models/server:1", ModelDataUrl: uri };
  await tank.client.send(new CreateModelCommand({ ModelName: name, PrimaryContainer: container }));
  await tank.addConfig(name, { ModelName: name });
  const input = { EndpointName: name, EndpointConfigName: name };
  await tank.client.send(new CreateEndpointCommand(input));
  // Not by asking over and over, which takes the time that unpacking needs.
  const isSettled = (event: TankEvent) =>
    event.type === "resource" && event.name === name && event.state !== "Creating";
  await until(() => tank.events.some(isSettled));
  return tank.settled(name);
}

/** The head of an entry, as tar writes it. */
function entry(path: string, size: number): Buffer {
  const block = Buffer.alloc(512);
  new Header({ path, size, type: "File", mode: 0o644 }).encode(block, 0);
  return block;
}

/** A model.tar.gz whose model.onnx is anything. */
async function packed(content: string | Uint8Array): Promise<Uint8Array> {
  const folder = await mkdtemp(join(tmpdir(), "wavetank-test-"));
  try {
    await writeFile(join(folder, "model.onnx"), content);
    const chunks: Buffer[] = [];
    for await (const chunk of create({ cwd: folder, gzip: true }, ["model.onnx"])) {
      chunks.push(chunk as Buffer);
    }
    return Buffer.concat(chunks);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
