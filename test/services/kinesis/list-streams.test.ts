import { ListStreamsCommand, type ListStreamsInput } from "@aws-sdk/client-kinesis";
import { describe, expect, test } from "vitest";
import { ACCOUNT, type KinesisTank, kinesisTank } from "./streams.ts";

const list = ({ kinesis }: KinesisTank, input: ListStreamsInput = {}) =>
  kinesis.send(new ListStreamsCommand(input));

describe("accepts", () => {
  test("nothing at all", async () => {
    await using tank = await kinesisTank();
    expect(await list(tank)).toMatchObject({
      StreamNames: [],
      StreamSummaries: [],
      HasMoreStreams: false,
    });
  });

  test("a name to begin after, whether its stream is there or not", async () => {
    await using tank = await kinesisTank();
    for (const name of ["a", "c", "e"]) await tank.create(name);
    const listedAfter = async (ExclusiveStartStreamName: string) =>
      (await list(tank, { ExclusiveStartStreamName })).StreamNames;
    expect(await listedAfter("a")).toEqual(["c", "e"]);
    expect(await listedAfter("b")).toEqual(["c", "e"]);
    expect(await listedAfter("e")).toEqual([]);
  });
});

describe("rejects", () => {
  test("a limit outside 1 to 10,000", async () => {
    await using tank = await kinesisTank();
    await expect(list(tank, { Limit: 0 })).rejects.toThrow("'limit'");
    await expect(list(tank, { Limit: 10_001 })).rejects.toThrow("'limit'");
  });

  test("a token that is none of its own", async () => {
    await using tank = await kinesisTank();
    await expect(list(tank, { NextToken: "garbage" })).rejects.toMatchObject({
      name: "ExpiredNextTokenException",
    });
  });
});

describe("behaves", () => {
  test("streams are listed by name, with their summaries, whatever their state", async () => {
    await using tank = await kinesisTank();
    const StreamCreationTimestamp = new Date(tank.clock.now());
    for (const name of ["b", "a", "B"]) {
      const input = { StreamName: name, ShardCount: 1 };
      expect((await tank.raw("CreateStream", input)).status).toBe(200);
    }
    const { StreamNames, StreamSummaries } = await list(tank);
    expect(StreamNames).toEqual(["B", "a", "b"]);
    expect(StreamSummaries?.[0]).toEqual({
      StreamName: "B",
      StreamARN: `arn:aws:kinesis:us-east-1:${ACCOUNT}:stream/B`,
      StreamStatus: "CREATING",
      StreamModeDetails: { StreamMode: "PROVISIONED" },
      StreamCreationTimestamp,
    });
  });

  test("pages follow one another by token, and by the last name", async () => {
    await using tank = await kinesisTank();
    const names = Array.from({ length: 7 }, (_, index) => `stream-${index}`);
    for (const name of names) await tank.create(name);
    for (const next of ["token", "name"] as const) {
      const seen: string[] = [];
      let from: ListStreamsInput = {};
      for (;;) {
        const page = await list(tank, { Limit: 3, ...from });
        seen.push(...(page.StreamNames ?? []));
        if (!page.HasMoreStreams) break;
        from =
          next === "token"
            ? { NextToken: page.NextToken }
            : { ExclusiveStartStreamName: page.StreamNames?.at(-1) };
      }
      expect(seen).toEqual(names);
    }
  });

  test("a page has 100 streams at most, and its token is absent on the last one", async () => {
    await using tank = await kinesisTank();
    for (let index = 0; index < 101; index += 1) {
      await tank.tank.call("kinesis", "CreateStream", { StreamName: `s${index}`, ShardCount: 1 });
    }
    const first = await list(tank, { Limit: 10_000 });
    expect([first.StreamNames?.length, first.HasMoreStreams]).toEqual([100, true]);
    const second = await list(tank, { NextToken: first.NextToken });
    expect([second.StreamNames?.length, second.HasMoreStreams]).toEqual([1, false]);
    expect(second.NextToken).toBeUndefined();
  });
});
