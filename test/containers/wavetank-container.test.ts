import { KinesisClient, ListStreamsCommand, PutRecordCommand } from "@aws-sdk/client-kinesis";
import { expect, test } from "vitest";
import { WavetankContainer } from "../../emulator/testing/testcontainers.ts";
import { recordsOf } from "../support/records.ts";
import { until } from "../support/tank.ts";

const template = new URL("../testing/template.yaml", import.meta.url).pathname;

test("a container is empty, and ready for clients once it has started", async () => {
  await using container = await new WavetankContainer().start();
  const kinesis = new KinesisClient(container.getClientConfig());
  const { StreamNames } = await kinesis.send(new ListStreamsCommand({}));
  kinesis.destroy();
  expect(StreamNames).toEqual([]);
  expect(container.getClientEnvironment()).toMatchObject({
    AWS_ENDPOINT_URL: container.getEndpointUrl(),
  });
});

test("a template is copied with its folder, and deployed by the time the container is ready", async () => {
  await using container = await new WavetankContainer().withTemplate(template).start();
  const kinesis = new KinesisClient(container.getClientConfig());
  const record = { StreamName: "in", PartitionKey: "1", Data: Buffer.from('{"ride":7}') };
  await kinesis.send(new PutRecordCommand(record));
  const records = await until(async () => {
    const found = await recordsOf(kinesis, "out");
    return found.length > 0 && found;
  });
  kinesis.destroy();
  expect(records).toEqual([{ value: { ride: 7 }, partitionKey: "1" }]);
});
