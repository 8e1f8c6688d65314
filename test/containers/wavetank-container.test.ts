import { request } from "node:http";
import { KinesisClient, ListStreamsCommand, PutRecordCommand } from "@aws-sdk/client-kinesis";
import { Network } from "testcontainers";
import { describe, expect, inject, test } from "vitest";
import { WavetankContainer } from "../../emulator/testing/testcontainers.ts";
import { recordsOf } from "../support/records.ts";
import { until } from "../support/tank.ts";
import { LABEL } from "./docker.ts";

const template = new URL("../testing/template.yaml", import.meta.url).pathname;

/** As users make it, with the label by which the suite cleans up. */
const container = () => new WavetankContainer().withLabels({ [LABEL]: inject("containerLabel") });

describe.skipIf(inject("dockerMissing"))("WavetankContainer", () => {
  test("a container is empty, and ready for clients once it has started", async () => {
    await using tank = await container().start();
    const kinesis = new KinesisClient(tank.getClientConfig());
    const { StreamNames } = await kinesis.send(new ListStreamsCommand({}));
    kinesis.destroy();
    expect(StreamNames).toEqual([]);
    expect(tank.getClientEnvironment()).toMatchObject({
      AWS_ENDPOINT_URL: tank.getEndpointUrl(),
    });
  });

  test("a template is copied with its folder, and deployed by the time the container is ready", async () => {
    await using tank = await container().withTemplate(template).start();
    const kinesis = new KinesisClient(tank.getClientConfig());
    const record = { StreamName: "in", PartitionKey: "1", Data: Buffer.from('{"ride":7}') };
    await kinesis.send(new PutRecordCommand(record));
    const records = await until(async () => {
      const found = await recordsOf(kinesis, "out");
      return found.length > 0 && found;
    });
    kinesis.destroy();
    expect(records).toEqual([{ value: { ride: 7 }, partitionKey: "1" }]);
  });

  test("a container answers under its network aliases and the names it is given, and no others", async () => {
    await using network = await new Network().start();
    await using tank = await container()
      .withNetwork(network)
      .withNetworkAliases("tank")
      .withEnvironment({ WAVETANK_ALLOWED_HOSTS: "tank.test" })
      .start();
    const statusUnder = (host: string) =>
      new Promise<number | undefined>((resolve, reject) => {
        const health = `${tank.getEndpointUrl()}/_wavetank/health`;
        const asking = request(health, { headers: { host } }, (response) => {
          response.resume();
          resolve(response.statusCode);
        });
        asking.once("error", reject).end();
      });
    const statuses = await Promise.all(["tank:4566", "tank.test", "example.com"].map(statusUnder));
    expect(statuses).toEqual([200, 200, 403]);
  });
});
