import { expect, test } from "vitest";
import { answer, GatedHost } from "../gated-host.ts";
import { begin, ended, startTransforms } from "../transform-tank.ts";

/** Every byte, and what UTF-8 would not give back. */
const BYTES = Uint8Array.from({ length: 256 }, (_, index) => 255 - index);

/** A container that answers with what it gets. */
const echo = () =>
  new GatedHost(({ body }) => ({
    ...answer(200, ""),
    contentType: "application/x-echo",
    body: Uint8Array.from(body),
  })).open();

test("an object that is not split passes to the container and back byte for byte", async () => {
  await using tank = await startTransforms({ "in/a.npy": BYTES }, { host: echo() });
  await begin(tank, {
    TransformInput: { ContentType: "application/x-npy", SplitType: "None" },
    TransformOutput: { AssembleWith: "None" },
  });
  expect((await ended(tank)).FailureReason).toBeUndefined();
  expect(tank.artifacts.objects.get("s3://data/out/a.npy.out")).toEqual(Buffer.from(BYTES));
});

test("a binary object that is split by lines is cut at each newline, and nothing else changes", async () => {
  const host = echo();
  await using tank = await startTransforms({ "in/a.bin": BYTES }, { host });
  await begin(tank, {
    BatchStrategy: "SingleRecord",
    TransformInput: { ContentType: "application/octet-stream" },
  });
  expect((await ended(tank)).FailureReason).toBeUndefined();
  const cut = BYTES.indexOf(10);
  const sent = host.requests.map(({ body }) => Buffer.from(body));
  expect(sent).toEqual(
    [BYTES.subarray(0, cut), BYTES.subarray(cut + 1)].map((b) => Buffer.from(b)),
  );
  expect(tank.artifacts.objects.get("s3://data/out/a.bin.out")).toEqual(
    Buffer.concat([BYTES, Buffer.from("\n")]),
  );
});

test("an output is of the content type that was asked for, or else of the container's", async () => {
  await using tank = await startTransforms({ "in/a": "1" }, { host: echo() });
  await begin(tank, { TransformOutput: { Accept: "text/csv" } });
  await ended(tank);
  expect(tank.artifacts.types.get("s3://data/out/a.out")).toBe("text/csv");
  await using other = await startTransforms({ "in/a": "1" }, { host: echo() });
  await begin(other);
  await ended(other);
  expect(other.artifacts.types.get("s3://data/out/a.out")).toBe("application/x-echo");
});

test("lines that end with a carriage return are predicted like any others", async () => {
  await using tank = await startTransforms({ "in/a.csv": "130,205,3.66\r\n1,2,3\r\n" });
  await begin(tank);
  expect((await ended(tank)).FailureReason).toBeUndefined();
  const output = tank.artifacts.objects.get("s3://data/out/a.csv.out");
  expect(Buffer.from(output ?? []).toString()).toBe("25.300001\n8.72\n");
});

test("an index beyond the columns fails its object and says so", async () => {
  await using tank = await startTransforms({ "in/a.csv": "130,205,3.66" });
  await begin(tank, { DataProcessing: { JoinSource: "Input", OutputFilter: "$[0,4]" } });
  const { TransformJobStatus, FailureReason } = await ended(tank);
  expect(TransformJobStatus).toBe("Failed");
  expect(FailureReason).toContain("there is no index 4: the record has 4 columns or items");
});
