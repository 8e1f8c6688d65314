import { expect, test } from "vitest";
import {
  fileNameOf,
  s3Location,
} from "../../../../emulator/services/sagemaker/model/model-data.ts";

test("an S3 URI names a bucket and a key", () => {
  expect(s3Location("s3://models/1/123/model.tar.gz")).toEqual({
    bucket: "models",
    key: "1/123/model.tar.gz",
  });
});

test.each([
  "s3://models",
  "s3://models/",
  "s3://models/prefix/",
  "https://models/key",
  "models/key",
])("%s names no object", (uri) => {
  expect(s3Location(uri)).toBeUndefined();
});

test("an object's file is named by the last part of its key", () => {
  expect(fileNameOf("1/123/model.onnx")).toBe("model.onnx");
});

test.each(["a/..", ".", "a/ ", "a/b\\..\\c", "c:evil", `a/${"x".repeat(256)}`])(
  "the key %j ends in no file name",
  (key) => {
    expect(fileNameOf(key)).toBeUndefined();
  },
);
