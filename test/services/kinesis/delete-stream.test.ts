import {
  CreateStreamCommand,
  DeleteStreamCommand,
  ListStreamsCommand,
  ResourceInUseException,
  ResourceNotFoundException,
} from "@aws-sdk/client-kinesis";
import { describe, expect, test } from "vitest";
import { ACCOUNT, kinesisTank } from "./streams.ts";

describe("accepts", () => {
  test("a stream by its name or by its ARN", async () => {
    await using tank = await kinesisTank();
    await tank.create("rides");
    await tank.create("fares");
    const StreamARN = `arn:aws:kinesis:us-east-1:${ACCOUNT}:stream/fares`;
    await tank.kinesis.send(new DeleteStreamCommand({ StreamName: "rides" }));
    await tank.kinesis.send(new DeleteStreamCommand({ StreamARN }));
    await tank.settle();
    expect((await tank.kinesis.send(new ListStreamsCommand({}))).StreamNames).toEqual([]);
  });

  test("EnforceConsumerDeletion, since no stream has consumers", async () => {
    await using tank = await kinesisTank();
    await tank.create("rides");
    const input = { StreamName: "rides", EnforceConsumerDeletion: true };
    await tank.kinesis.send(new DeleteStreamCommand(input));
    expect(await tank.status("rides")).toBe("DELETING");
  });

  test("a stream that is being deleted already", async () => {
    await using tank = await kinesisTank();
    await tank.create("rides");
    const command = new DeleteStreamCommand({ StreamName: "rides" });
    await tank.kinesis.send(command);
    await tank.kinesis.send(command);
    expect(await tank.status("rides")).toBe("DELETING");
  });
});

describe("rejects", () => {
  test("a stream that is not there", async () => {
    await using tank = await kinesisTank();
    const error = await tank.kinesis
      .send(new DeleteStreamCommand({ StreamName: "rides" }))
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ResourceNotFoundException);
    expect(error).toMatchObject({ message: `Stream rides under account ${ACCOUNT} not found.` });
  });

  test("a request that names no stream", async () => {
    await using tank = await kinesisTank();
    await expect(tank.kinesis.send(new DeleteStreamCommand({}))).rejects.toMatchObject({
      name: "InvalidArgumentException",
    });
  });
});

describe("behaves", () => {
  test("a deleted stream is DELETING for a moment, readable and writable, then gone", async () => {
    await using tank = await kinesisTank();
    await tank.create("rides");
    await tank.put("rides", "before");
    await tank.kinesis.send(new DeleteStreamCommand({ StreamName: "rides" }));
    expect(await tank.status("rides")).toBe("DELETING");
    await tank.put("rides", "meanwhile");
    expect(await tank.texts("rides")).toEqual(["before", "meanwhile"]);
    await expect(
      tank.kinesis.send(new CreateStreamCommand({ StreamName: "rides", ShardCount: 1 })),
    ).rejects.toBeInstanceOf(ResourceInUseException);
    await tank.settle();
    await expect(tank.status("rides")).rejects.toBeInstanceOf(ResourceNotFoundException);
    await expect(tank.put("rides", "after")).rejects.toBeInstanceOf(ResourceNotFoundException);
  });

  test("a stream of the same name begins anew", async () => {
    await using tank = await kinesisTank();
    await tank.create("rides");
    const old = await tank.put("rides", "old");
    await tank.kinesis.send(new DeleteStreamCommand({ StreamName: "rides" }));
    await tank.settle();
    await tank.clock.advance(1_000);
    await tank.create("rides");
    expect(await tank.texts("rides")).toEqual([]);
    const anew = await tank.put("rides", "new");
    expect(BigInt(anew.SequenceNumber ?? 0)).toBeGreaterThan(BigInt(old.SequenceNumber ?? 0));
  });

  test("a stream that is deleted while it is being created does not come back", async () => {
    await using tank = await kinesisTank();
    await tank.kinesis.send(new CreateStreamCommand({ StreamName: "rides", ShardCount: 1 }));
    await tank.kinesis.send(new DeleteStreamCommand({ StreamName: "rides" }));
    await tank.settle();
    await tank.settle();
    await expect(tank.status("rides")).rejects.toBeInstanceOf(ResourceNotFoundException);
  });
});
