import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
  S3Client,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import { expect, test } from "vitest";
import { startTank } from "../../support/tank.ts";

const FIVE_MIB = 5 * 1024 * 1024;
const place = { Bucket: "data", Key: "big" };

async function withUpload(checksum: { ChecksumAlgorithm?: "CRC32" | "SHA256" } = {}) {
  const tank = await startTank();
  const s3 = tank.client(S3Client);
  await s3.send(new CreateBucketCommand({ Bucket: "data" }));
  const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ ...place, ...checksum }));
  const upload = { ...place, UploadId };
  const put = (PartNumber: number, Body: Buffer) =>
    s3.send(new UploadPartCommand({ ...upload, PartNumber, Body, ...checksum }));
  return { s3, upload, put, [Symbol.asyncDispose]: () => tank.stop() };
}

test("parts become one object, in the order of their numbers, with AWS's ETag", async () => {
  await using under = await withUpload({ ChecksumAlgorithm: "CRC32" });
  const { s3, upload, put } = under;
  const [first, second] = [Buffer.alloc(FIVE_MIB, "a"), Buffer.from("tail")];
  const last = await put(2, second);
  const one = await put(1, first);
  const listed = await s3.send(new ListPartsCommand(upload));
  expect(listed.Parts?.map(({ PartNumber, Size }) => [PartNumber, Size])).toEqual([
    [1, FIVE_MIB],
    [2, 4],
  ]);
  const Parts = [one, last].map(({ ETag, ChecksumCRC32 }, index) => ({
    PartNumber: index + 1,
    ETag,
    ChecksumCRC32,
  }));
  const done = await s3.send(
    new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts } }),
  );
  expect(done.ETag).toMatch(/^"[0-9a-f]{32}-2"$/);
  expect(done.ChecksumCRC32).toMatch(/^.{8}-2$/);
  const got = await s3.send(new GetObjectCommand(place));
  const body = Buffer.from((await got.Body?.transformToByteArray()) ?? []);
  expect(body.equals(Buffer.concat([first, second]))).toBe(true);
  const part = await s3.send(new GetObjectCommand({ ...place, PartNumber: 2 }));
  expect(await part.Body?.transformToString()).toBe("tail");
});

test("a completion that lists no part, a wrong one, or parts out of order is refused", async () => {
  await using under = await withUpload();
  const { s3, upload, put } = under;
  const { ETag } = await put(1, Buffer.from("a"));
  await put(2, Buffer.from("b"));
  const complete = (Parts: { PartNumber: number; ETag?: string | undefined }[]) =>
    s3.send(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts } }));
  await expect(complete([{ PartNumber: 3, ETag }])).rejects.toMatchObject({ name: "InvalidPart" });
  await expect(complete([{ PartNumber: 2 }, { PartNumber: 1 }])).rejects.toMatchObject({
    name: "InvalidPartOrder",
  });
  await expect(complete([{ PartNumber: 1 }, { PartNumber: 2 }])).rejects.toMatchObject({
    name: "EntityTooSmall",
  });
});

test("an upload is listed until it is aborted, and then gone", async () => {
  await using under = await withUpload();
  const { s3, upload } = under;
  const listed = await s3.send(new ListMultipartUploadsCommand({ Bucket: "data" }));
  expect(listed.Uploads).toMatchObject([{ Key: "big", UploadId: upload.UploadId }]);
  await s3.send(new AbortMultipartUploadCommand(upload));
  await expect(s3.send(new ListPartsCommand(upload))).rejects.toMatchObject({
    name: "NoSuchUpload",
  });
});

test("a part of another checksum than the upload's is refused", async () => {
  await using under = await withUpload({ ChecksumAlgorithm: "SHA256" });
  const part = { ...under.upload, PartNumber: 1, Body: "a", ChecksumAlgorithm: "CRC32" } as const;
  await expect(under.s3.send(new UploadPartCommand(part))).rejects.toMatchObject({
    name: "InvalidRequest",
    message:
      "Checksum Type mismatch occurred, expected checksum Type: sha256, actual checksum Type: crc32",
  });
});
