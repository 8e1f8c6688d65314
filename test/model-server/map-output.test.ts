import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { withoutZipMaps } from "../../emulator/model-server/onnx-file.ts";
import { fieldsOf, message } from "../../emulator/model-server/protobuf.ts";
import { modelPath, served } from "./models.ts";

test("a classifier's map of scores is an object by class", async () => {
  await using classifier = await served("classifier");
  const { body } = await classifier.json({
    instances: [
      [1, 0],
      [0, 3],
    ],
  });
  expect(JSON.parse(body)).toEqual({
    predictions: [
      { output_label: "cat", output_probability: { cat: 1, dog: 0, owl: 0.5 } },
      { output_label: "dog", output_probability: { cat: 0, dog: 3, owl: 1.5 } },
    ],
  });
});

test("the column format has a list of maps", async () => {
  await using classifier = await served("classifier");
  const { body } = await classifier.json({ inputs: [[1, 0]] });
  expect(JSON.parse(body)).toEqual({
    outputs: { output_label: ["cat"], output_probability: [{ cat: 1, dog: 0, owl: 0.5 }] },
  });
});

test("in CSV the scores stand in the order of the classes", async () => {
  await using classifier = await served("classifier");
  expect((await classifier.csv("1,0")).body).toBe("cat,1,0,0.5\n");
});

test("classes that are numbers are keys all the same", async () => {
  await using zipmap = await served("zipmap");
  const { body } = await zipmap.json({ instances: [[0.25, 0.75]] });
  expect(body).toBe('{"predictions":[{"0":0.25,"1":0.75}]}');
});

test("a model without maps is left as it is", async () => {
  const bytes = await readFile(modelPath("linear"));
  const { bytes: after, labels } = withoutZipMaps(bytes);
  expect(labels.size).toBe(0);
  expect(Buffer.from(after).equals(bytes)).toBe(true);
});

test("a message that is cut off is an error, not a loop", () => {
  const bytes = message(1, [message(2, [])]).bytes;
  for (let length = 1; length < bytes.length; length += 1) {
    expect(() => fieldsOf(bytes.subarray(0, length))).toThrow(RangeError);
  }
});
