import {
  CreateLogGroupCommand,
  DeleteLogGroupCommand,
  DeleteRetentionPolicyCommand,
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  GetLogEventsCommand,
  PutRetentionPolicyCommand,
  StartQueryCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { expect, test } from "vitest";
import { logsTank, T0 } from "./logging.ts";

test("a group is described with both of its ARNs", async () => {
  await using under = await logsTank();
  const { logGroups } = await under.logs.send(new DescribeLogGroupsCommand({}));
  const arn = "arn:aws:logs:us-east-1:000000000000:log-group:app";
  expect(logGroups).toMatchObject([
    { logGroupName: "app", arn: `${arn}:*`, logGroupArn: arn, creationTime: T0, storedBytes: 0 },
  ]);
});

test("groups are found by prefix and by part of the name, in pages", async () => {
  await using under = await logsTank();
  for (const logGroupName of ["/aws/a", "/aws/b"]) {
    await under.logs.send(new CreateLogGroupCommand({ logGroupName }));
  }
  const names = async (input: object) => {
    const { logGroups = [] } = await under.logs.send(new DescribeLogGroupsCommand(input));
    return logGroups.map(({ logGroupName }) => logGroupName);
  };
  expect(await names({ logGroupNamePrefix: "/aws" })).toEqual(["/aws/a", "/aws/b"]);
  expect(await names({ logGroupNamePattern: "WS/B" })).toEqual(["/aws/b"]);
  const { nextToken } = await under.logs.send(new DescribeLogGroupsCommand({ limit: 2 }));
  expect(await names({ limit: 2, nextToken })).toEqual(["app"]);
});

test("a new stream has no times of events", async () => {
  await using under = await logsTank();
  const { logStreams } = await under.logs.send(
    new DescribeLogStreamsCommand({ logGroupName: "app" }),
  );
  expect(logStreams).toEqual([
    {
      logStreamName: "one",
      creationTime: T0,
      storedBytes: 0,
      arn: "arn:aws:logs:us-east-1:000000000000:log-group:app:log-stream:one",
    },
  ]);
});

test("streams are ordered by name or by their last event", async () => {
  await using under = await logsTank();
  await under.createStream("two");
  await under.put("two", [1, "a"]);
  await under.put("one", [5, "b"]);
  const names = async (input: object) => {
    const { logStreams = [] } = await under.logs.send(
      new DescribeLogStreamsCommand({ logGroupIdentifier: "app", ...input }),
    );
    return logStreams.map(({ logStreamName }) => logStreamName);
  };
  expect(await names({})).toEqual(["one", "two"]);
  expect(await names({ orderBy: "LastEventTime" })).toEqual(["two", "one"]);
  expect(await names({ orderBy: "LastEventTime", descending: true })).toEqual(["one", "two"]);
  expect(await names({ logStreamNamePrefix: "t" })).toEqual(["two"]);
});

test("retention drops what is too old", async () => {
  await using under = await logsTank();
  await under.put("one", "old");
  const logGroupName = "app";
  await under.logs.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays: 1 }));
  await under.clock.advance(25 * 3_600_000);
  const { events } = await under.logs.send(
    new GetLogEventsCommand({ logGroupName, logStreamName: "one" }),
  );
  expect(events).toEqual([]);
});

test("without a retention policy nothing is too old", async () => {
  await using under = await logsTank();
  await under.put("one", "old");
  const logGroupName = "app";
  await under.logs.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays: 1 }));
  await under.logs.send(new DeleteRetentionPolicyCommand({ logGroupName }));
  await under.clock.advance(25 * 3_600_000);
  const { logGroups } = await under.logs.send(new DescribeLogGroupsCommand({}));
  expect(logGroups?.[0]).not.toHaveProperty("retentionInDays");
  const { events } = await under.logs.send(
    new GetLogEventsCommand({ logGroupName, logStreamName: "one" }),
  );
  expect(events).toMatchObject([{ message: "old" }]);
  const missing = new DeleteRetentionPolicyCommand({ logGroupName: "nope" });
  await expect(under.logs.send(missing)).rejects.toMatchObject({
    name: "ResourceNotFoundException",
  });
});

test("a deleted group is gone", async () => {
  await using under = await logsTank();
  const remove = () => under.logs.send(new DeleteLogGroupCommand({ logGroupName: "app" }));
  await remove();
  await expect(remove()).rejects.toMatchObject({
    name: "ResourceNotFoundException",
    message: "The specified log group does not exist.",
    $metadata: { httpStatusCode: 400 },
  });
});

test("a group and a stream may be created once", async () => {
  await using under = await logsTank();
  await expect(under.createStream("one")).rejects.toMatchObject({
    name: "ResourceAlreadyExistsException",
    message: "The specified log stream already exists",
  });
  const again = new CreateLogGroupCommand({ logGroupName: "app" });
  await expect(under.logs.send(again)).rejects.toMatchObject({
    name: "ResourceAlreadyExistsException",
  });
});

test("a retention that AWS has not is refused", async () => {
  await using under = await logsTank();
  const command = new PutRetentionPolicyCommand({ logGroupName: "app", retentionInDays: 2 });
  await expect(under.logs.send(command)).rejects.toMatchObject({
    name: "InvalidParameterException",
  });
});

test("what is not emulated is named", async () => {
  await using under = await logsTank();
  const query = { startTime: 0, endTime: 1, queryString: "fields @message" };
  await expect(under.logs.send(new StartQueryCommand(query))).rejects.toMatchObject({
    name: "NotImplemented",
    message: expect.stringContaining("StartQuery"),
  });
});
